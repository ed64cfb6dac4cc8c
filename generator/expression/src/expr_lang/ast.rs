//! The tree of an expression; each node knows its bytes.

use std::ops::Range;

/// A part of an expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Its bytes in the text, with what belongs to it: brackets of a call, quotes of a text.
    pub span: Range<usize>,
    /// What it is.
    pub form: Form,
}

/// What a part of an expression is.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// `nil`.
    Nil,
    /// `true`, `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction or an exponent.
    Float(f64),
    /// A text; its value.
    Text(String),
    /// `b'…'`.
    Bytes,
    /// A variable, or a function as a value.
    Name(String),
    /// `#`, `#index`, `#acc`, and what stands before `.field` in a predicate; the word behind `#`.
    Pointer(String),
    /// `-a`, `not a`.
    Unary {
        /// `-`, `+`, `!`, `not`.
        operator: Operator,
        /// What it is applied to.
        operand: Box<Node>,
    },
    /// `a + b`, and `not in`, `not contains` and so on with `negated`.
    Binary {
        /// As it is written, without `not`.
        operator: Operator,
        /// Whether `not` stands before it.
        negated: bool,
        /// Left of it.
        left: Box<Node>,
        /// Right of it.
        right: Box<Node>,
    },
    /// `a < b`, `a < b <= c`: each is compared with the next.
    Compare {
        /// The leftmost.
        first: Box<Node>,
        /// Comparisons and what is right of them.
        rest: Vec<(Operator, Node)>,
    },
    /// `a.b`, `a?.b`, `a[b]`, `a?.[b]`.
    Member {
        /// Left of the dot or bracket.
        object: Box<Node>,
        /// A text for `.b`.
        property: Box<Node>,
        /// Whether `?.` says that the object may be nil.
        optional: bool,
    },
    /// `a[b:c]`.
    Slice {
        /// What is cut.
        object: Box<Node>,
        /// The first kept.
        from: Option<Box<Node>>,
        /// The first not kept.
        to: Option<Box<Node>>,
    },
    /// A call of a function of the environment; built-in ones are `Builtin`.
    Call {
        /// The function: a name or a member.
        callee: Box<Node>,
        /// What it is called with; what stands left of `|` comes first.
        arguments: Vec<Node>,
    },
    /// A call of a built-in function.
    Builtin {
        /// Its name.
        name: Name,
        /// What it is called with; what stands left of `|` comes first.
        arguments: Vec<Node>,
    },
    /// What `filter`, `map` and so on do with each element.
    Predicate(Box<Node>),
    /// `a ? b : c`, `if a { b } else { c }`.
    Conditional {
        /// Which one it is.
        condition: Box<Node>,
        /// If it is true; none for `a ?: c`, which gives `a`.
        yes: Option<Box<Node>>,
        /// If it is false.
        no: Box<Node>,
    },
    /// `let name = value; body`.
    Let {
        /// The new name.
        name: Name,
        /// What it stands for.
        value: Box<Node>,
        /// Where it is known.
        body: Box<Node>,
    },
    /// `a; b`.
    Sequence(Vec<Node>),
    /// `[a, b]`.
    Array(Vec<Node>),
    /// `{a: b}`; keys and values.
    Map(Vec<(Node, Node)>),
}

/// A word and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Its bytes.
    pub span: Range<usize>,
    /// The word.
    pub text: String,
}

/// An operator and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operator {
    /// Its bytes.
    pub span: Range<usize>,
    /// As it is written.
    pub text: String,
}

impl Node {
    pub(super) fn new(span: Range<usize>, form: Form) -> Self {
        Self { span, form }
    }

    /// The constant text that it is.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.form {
            Form::Text(text) => Some(text),
            _ => None,
        }
    }
}
