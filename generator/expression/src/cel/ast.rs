//! The tree of an expression of CEL.

use std::ops::Range;

use crate::types::Type;

/// A part of an expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Its bytes.
    pub span: Range<usize>,
    /// What it is.
    pub form: Form,
}

/// A word and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Its bytes.
    pub span: Range<usize>,
    /// The word.
    pub text: String,
}

/// What a part of an expression is.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// A constant that is neither of the next two.
    Constant(Type),
    /// A whole number.
    Integer(i64),
    /// A text; its value.
    Text(String),
    /// A variable.
    Name(String),
    /// `a.b`.
    Select {
        /// Left of the dot.
        object: Box<Node>,
        /// Right of it.
        field: Name,
    },
    /// `a[b]`.
    Index(Box<[Node; 2]>),
    /// `f(x)`, `a.f(x)`.
    Call {
        /// The function.
        name: Name,
        /// Left of the dot.
        receiver: Option<Box<Node>>,
        /// What it is called with.
        arguments: Vec<Node>,
    },
    /// `has(a.b)`.
    Has(Option<Box<Node>>),
    /// `list.all(x, …)` and so on.
    Comprehension {
        /// Which one.
        name: Name,
        /// Left of the dot.
        list: Box<Node>,
        /// The name of each element.
        variable: Name,
        /// What is asked of it or done with it.
        bodies: Vec<Node>,
    },
    /// `-a`, `!a`.
    Unary {
        /// The sign.
        operator: Name,
        /// What it is applied to.
        operand: Box<Node>,
    },
    /// `a + b`.
    Binary {
        /// As it is written.
        operator: Name,
        /// Left and right of it.
        sides: Box<[Node; 2]>,
    },
    /// `a ? b : c`.
    Conditional(Box<[Node; 3]>),
    /// `[a, b]`.
    List(Vec<Node>),
    /// `{a: b}`.
    Map(Vec<(Node, Node)>),
    /// `Name{field: value}`.
    Message {
        /// Its type.
        name: String,
        /// Values of its fields.
        values: Vec<Node>,
    },
}
