//! Unions as Kubernetes writes them: a mapping with several optional fields of which exactly one is set.
//!
//! The fields stay optional in the struct, so that reading keeps every position; [`one_of!`](crate::one_of) gives the struct a checked
//! accessor that returns a Rust enum.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;

/// A union of a struct: the fields of which one may be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Union {
    /// The struct, by its name in Rust.
    pub owner: &'static str,
    /// The fields, as YAML names them.
    pub fields: &'static [&'static str],
    /// Whether one of them must be set.
    pub required: bool,
}

/// Not one field of a union is set, or more than one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneOf {
    union: Union,
    set: Vec<&'static str>,
}

impl OneOf {
    /// The error of a union of which nothing is set.
    pub fn none(union: Union) -> OneOf {
        OneOf {
            union,
            set: Vec::new(),
        }
    }

    /// The union whose rule is broken.
    pub fn union(&self) -> Union {
        self.union
    }

    /// The fields that are set: none, or at least two.
    pub fn set(&self) -> &[&'static str] {
        &self.set
    }
}

impl fmt::Display for OneOf {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rule = if self.union.required {
            "exactly"
        } else {
            "at most"
        };
        write!(formatter, "{rule} one of ")?;
        names(formatter, self.union.fields)?;
        match self.set.as_slice() {
            [] => formatter.write_str(" must be set: none is"),
            set => {
                let verb = if self.union.required { "must" } else { "may" };
                write!(formatter, " {verb} be set: ")?;
                names(formatter, set)?;
                formatter.write_str(" are")
            }
        }
    }
}

impl Error for OneOf {}

fn names(formatter: &mut fmt::Formatter<'_>, names: &[&str]) -> fmt::Result {
    for (index, name) in names.iter().enumerate() {
        let before = match names.len() - index {
            _ if index == 0 => "",
            1 => " and ",
            _ => ", ",
        };
        write!(formatter, "{before}`{name}`")?;
    }
    Ok(())
}

/// A field that may be unset: an option, or a list, map or text that may be empty.
pub trait Settable {
    /// What is set.
    type Value: ?Sized;

    /// The value, if it is set.
    fn value(&self) -> Option<&Self::Value>;
}

impl<T> Settable for Option<T> {
    type Value = T;

    fn value(&self) -> Option<&T> {
        self.as_ref()
    }
}

impl<T> Settable for Vec<T> {
    type Value = [T];

    fn value(&self) -> Option<&[T]> {
        (!self.is_empty()).then_some(self)
    }
}

impl<K, V> Settable for BTreeMap<K, V> {
    type Value = BTreeMap<K, V>;

    fn value(&self) -> Option<&BTreeMap<K, V>> {
        (!self.is_empty()).then_some(self)
    }
}

impl Settable for String {
    type Value = str;

    fn value(&self) -> Option<&str> {
        (!self.is_empty()).then_some(self)
    }
}

/// The one variant that is set, if any is; what [`one_of!`](crate::one_of) calls.
pub fn the_one<T>(
    union: Union,
    found: impl IntoIterator<Item = Option<T>>,
) -> Result<Option<T>, OneOf> {
    let mut set = Vec::new();
    let mut one = None;
    for (value, field) in found.into_iter().zip(union.fields) {
        if let Some(value) = value {
            set.push(*field);
            one = Some(value);
        }
    }
    match set.len() {
        0 | 1 => Ok(one),
        _ => Err(OneOf { union, set }),
    }
}

/// Gives a struct a checked accessor to a union of its fields.
///
/// `exactly one` returns `Result<Enum, OneOf>`, `at most one` returns `Result<Option<Enum>, OneOf>`. Each variant names its
/// field in Rust, and in YAML where that differs. The enum's `UNION` is the rule as data.
///
/// ```
/// #[derive(Default)]
/// struct Crossing {
///     bridge: Option<String>,
///     stepping_stones: Vec<u32>,
/// }
///
/// luban_api_core::one_of! {
///     /// How one gets across.
///     pub enum Way<'a>: exactly one of Crossing::way {
///         /// On foot, dry.
///         Bridge(&'a str) = bridge,
///         /// On foot, with luck.
///         SteppingStones(&'a [u32]) = stepping_stones "steppingStones",
///     }
/// }
///
/// let mut crossing = Crossing { bridge: Some("zhaozhou".into()), stepping_stones: vec![] };
/// assert_eq!(crossing.way(), Ok(Way::Bridge("zhaozhou")));
/// crossing.stepping_stones.push(3);
/// assert_eq!(
///     crossing.way().unwrap_err().to_string(),
///     "exactly one of `bridge` and `steppingStones` must be set: `bridge` and `steppingStones` are"
/// );
/// ```
#[macro_export]
macro_rules! one_of {
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };
    (@enum $required:literal $(#[$meta:meta])* $vis:vis $name:ident $life:lifetime $owner:ident {
        $($(#[$about:meta])* $variant:ident($type:ty) = $field:ident $($key:literal)?,)+
    }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq)]
        $vis enum $name<$life> {
            $($(#[$about])* $variant($type),)+
        }

        impl<$life> $name<$life> {
            /// The fields of which one may be set.
            $vis const UNION: $crate::Union = $crate::Union {
                owner: stringify!($owner),
                fields: &[$($crate::one_of!(@key $field $($key)?)),+],
                required: $required,
            };

            fn found(owner: &$life $owner) -> ::std::result::Result<::std::option::Option<Self>, $crate::OneOf> {
                $crate::the_one(Self::UNION, [
                    $($crate::Settable::value(&owner.$field).map(|value| $name::$variant(value))),+
                ])
            }
        }
    };
    ($(#[$meta:meta])* $vis:vis enum $name:ident<$life:lifetime>: exactly one of $owner:ident::$method:ident $body:tt) => {
        $crate::one_of!(@enum true $(#[$meta])* $vis $name $life $owner $body);

        impl $owner {
            #[doc = concat!("The one that is set of what [`", stringify!($name), "`] lists; an error if none is, or several are.")]
            $vis fn $method(&self) -> ::std::result::Result<$name<'_>, $crate::OneOf> {
                match $name::found(self)? {
                    Some(one) => Ok(one),
                    None => Err($crate::OneOf::none($name::UNION)),
                }
            }
        }
    };
    ($(#[$meta:meta])* $vis:vis enum $name:ident<$life:lifetime>: at most one of $owner:ident::$method:ident $body:tt) => {
        $crate::one_of!(@enum false $(#[$meta])* $vis $name $life $owner $body);

        impl $owner {
            #[doc = concat!("The one that is set of what [`", stringify!($name), "`] lists, if any is; an error if several are.")]
            $vis fn $method(&self) -> ::std::result::Result<::std::option::Option<$name<'_>>, $crate::OneOf> {
                $name::found(self)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    #[derive(Default)]
    struct Crossing {
        bridge: Option<String>,
        ferry: Option<Box<u32>>,
        stepping_stones: Vec<u32>,
        tolls: BTreeMap<String, u32>,
        guide: String,
    }

    crate::one_of! {
        /// How one gets across.
        enum Way<'a>: exactly one of Crossing::way {
            /// A bridge, by name.
            Bridge(&'a str) = bridge,
            /// A ferry, by seats.
            Ferry(&'a u32) = ferry,
            /// Stones, by their distances.
            SteppingStones(&'a [u32]) = stepping_stones "steppingStones",
        }
    }

    crate::one_of! {
        /// What one pays.
        enum Price<'a>: at most one of Crossing::price {
            /// By means.
            Tolls(&'a BTreeMap<String, u32>) = tolls,
            /// To whom.
            Guide(&'a str) = guide,
        }
    }

    #[test]
    fn the_one_field_that_is_set_is_the_variant() {
        let crossing = Crossing {
            ferry: Some(Box::new(12)),
            ..Crossing::default()
        };
        assert_eq!(crossing.way(), Ok(Way::Ferry(&12)));
        let crossing = Crossing {
            bridge: Some("zhaozhou".into()),
            ..Crossing::default()
        };
        assert_eq!(crossing.way(), Ok(Way::Bridge("zhaozhou")));
    }

    #[test]
    fn a_union_of_which_nothing_is_set_names_its_fields() {
        let error = Crossing::default().way().unwrap_err();
        assert!(error.set().is_empty());
        assert_eq!(
            error.to_string(),
            "exactly one of `bridge`, `ferry` and `steppingStones` must be set: none is"
        );
    }

    #[test]
    fn all_fields_that_are_set_are_named() {
        let crossing = Crossing {
            bridge: Some(String::new()),
            stepping_stones: vec![1],
            ..Crossing::default()
        };
        let error = crossing.way().unwrap_err();
        assert_eq!(error.set(), ["bridge", "steppingStones"]);
        assert_eq!(error.union(), Way::UNION);
        assert_eq!(
            error.to_string(),
            "exactly one of `bridge`, `ferry` and `steppingStones` must be set: `bridge` and `steppingStones` are"
        );
    }

    #[test]
    fn where_nothing_need_be_set_none_is_no_error() {
        let mut crossing = Crossing::default();
        assert_eq!(crossing.price(), Ok(None));
        crossing.guide = "Li".into();
        assert_eq!(crossing.price(), Ok(Some(Price::Guide("Li"))));
        crossing.tolls.insert("mule".into(), 2);
        assert_eq!(
            crossing.price().unwrap_err().to_string(),
            "at most one of `tolls` and `guide` may be set: `tolls` and `guide` are"
        );
    }

    #[test]
    fn a_union_says_what_it_is_about() {
        assert_eq!((Way::UNION.owner, Way::UNION.required), ("Crossing", true));
        let (owner, fields) = ("Crossing", ["tolls", "guide"].as_slice());
        assert_eq!(
            Price::UNION,
            crate::Union {
                owner,
                fields,
                required: false
            }
        );
    }
}
