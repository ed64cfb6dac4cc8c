//! What operators of govaluate fail on when they run, after the type checks of `stagePlanner.go`.

use super::plan::Stage;
use super::token::{Kind, Word};
use crate::problem::{Kind as Verdict, Problem};
use crate::types::Type;

pub(super) struct Values<'a> {
    words: &'a [Word],
    pub(super) problems: Vec<Problem>,
}

impl<'a> Values<'a> {
    pub(super) fn new(words: &'a [Word]) -> Self {
        Self {
            words,
            problems: Vec::new(),
        }
    }

    fn say(&mut self, at: usize, message: String) {
        if let Some(word) = self.words.get(at) {
            self.problems
                .push(Problem::new(Verdict::Type, word.span.clone(), message));
        }
    }

    pub(super) fn stage(&mut self, stage: &Stage) -> Type {
        match stage {
            Stage::Value(at) => match self.words.get(*at).map(|word| word.kind) {
                // A time is the number of its seconds.
                Some(Kind::Numeric | Kind::Time) => Type::NUMBER,
                Some(Kind::Boolean) => Type::BOOL,
                Some(Kind::Text) => Type::TEXT,
                Some(Kind::Pattern) => Type::OBJECT,
                _ => Type::UNKNOWN,
            },
            Stage::Clause(_, inside) => inside.as_ref().map_or(Type::NIL, |it| self.stage(it)),
            Stage::Access(_, arguments) => {
                if let Some(arguments) = arguments {
                    self.stage(arguments);
                }
                Type::UNKNOWN
            }
            Stage::Prefix(at, operand) => {
                let given = self.side(operand);
                let sign = self.symbol(*at);
                let wanted = if sign == "!" {
                    Type::BOOL
                } else {
                    Type::NUMBER
                };
                if !given.can_be(wanted) {
                    self.say(*at, format!("`{sign}` takes {wanted}, and this is {given}"));
                }
                wanted
            }
            Stage::Operation(at, left, right) => {
                let left = self.side(left);
                let right = self.side(right);
                self.operation(*at, left, right)
            }
        }
    }

    fn side(&mut self, side: &Option<Box<Stage>>) -> Type {
        side.as_ref().map_or(Type::NIL, |it| self.stage(it))
    }

    fn symbol(&self, at: usize) -> &'a str {
        self.words.get(at).map_or("", |word| word.value.as_str())
    }

    fn operation(&mut self, at: usize, left: Type, right: Type) -> Type {
        let symbol = self.symbol(at);
        let both = |wanted: Type| left.can_be(wanted) && right.can_be(wanted);
        let (fits, gives) = match symbol {
            "==" | "!=" => {
                if !left.can_be(right) {
                    let always = if symbol == "==" { "never" } else { "always" };
                    let what = if symbol == "==" {
                        "equal to"
                    } else {
                        "different from"
                    };
                    let message =
                        format!("{left} is {always} {what} {right}{}", advice(left, right));
                    self.say(at, message);
                }
                return Type::BOOL;
            }
            ">" | "<" | ">=" | "<=" => (both(Type::NUMBER) || both(Type::TEXT), Type::BOOL),
            "&&" | "||" => (both(Type::BOOL), Type::BOOL),
            "in" => {
                if !right.can_be(Type::LIST) {
                    let message =
                        "`in` takes at least two values in parentheses: compare one with `==`";
                    self.say(at, message.to_owned());
                }
                return Type::BOOL;
            }
            "=~" | "!~" => (
                left.can_be(Type::TEXT) && right.can_be(Type::TEXT.or(Type::OBJECT)),
                Type::BOOL,
            ),
            "+" => (
                both(Type::NUMBER) || left.can_be(Type::TEXT) || right.can_be(Type::TEXT),
                if left.is(Type::NUMBER) && right.is(Type::NUMBER) {
                    Type::NUMBER
                } else if left.is(Type::TEXT) || right.is(Type::TEXT) {
                    Type::TEXT
                } else {
                    Type::NUMBER.or(Type::TEXT)
                },
            ),
            "," => return Type::LIST,
            "?" => {
                if !left.can_be(Type::BOOL) {
                    self.say(at, format!("`?` takes true or false, and this is {left}"));
                }
                return right.or(Type::NIL);
            }
            ":" | "??" => {
                let left = if left.is(Type::NIL) {
                    right
                } else {
                    left.or(right)
                };
                return left;
            }
            _ => (both(Type::NUMBER), Type::NUMBER),
        };
        if !fits {
            let dash = if symbol == "-" && (left.can_be(Type::TEXT) || right.can_be(Type::TEXT)) {
                ": words with `-` between them need quotes"
            } else {
                advice(left, right)
            };
            self.say(
                at,
                format!("`{symbol}` cannot take {left} and {right}{dash}"),
            );
        }
        gives
    }
}

fn advice(left: Type, right: Type) -> &'static str {
    let mixed = |a: Type, b: Type| a.is(Type::TEXT) && b.is(Type::NUMBER);
    if mixed(left, right) || mixed(right, left) {
        ": write both with quotes or both without"
    } else {
        ""
    }
}
