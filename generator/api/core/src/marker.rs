//! `apiVersion` and `kind` as types without size.

use std::fmt;
use std::marker::PhantomData;

use k8s_openapi::Resource;
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The `apiVersion` of kind `K`: writes the constant, reads nothing else.
pub struct ApiVersion<K>(PhantomData<fn() -> K>);

/// The `kind` of kind `K`: writes the constant, reads nothing else.
pub struct Kind<K>(PhantomData<fn() -> K>);

macro_rules! marker {
    ($marker:ident, $constant:ident, $field:literal) => {
        impl<K> Default for $marker<K> {
            fn default() -> Self {
                $marker(PhantomData)
            }
        }

        impl<K> Clone for $marker<K> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<K> Copy for $marker<K> {}

        impl<K> PartialEq for $marker<K> {
            fn eq(&self, _: &Self) -> bool {
                true
            }
        }

        impl<K> Eq for $marker<K> {}

        impl<K: Resource> fmt::Debug for $marker<K> {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(K::$constant)
            }
        }

        impl<K: Resource> Serialize for $marker<K> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(K::$constant)
            }
        }

        impl<'de, K: Resource> Deserialize<'de> for $marker<K> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(Exactly {
                    field: $field,
                    constant: K::$constant,
                })?;
                Ok($marker(PhantomData))
            }
        }
    };
}

marker!(ApiVersion, API_VERSION, "apiVersion");
marker!(Kind, KIND, "kind");

/// Accepts one string.
struct Exactly {
    field: &'static str,
    constant: &'static str,
}

impl Visitor<'_> for Exactly {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} `{}`", self.field, self.constant)
    }

    fn visit_str<E: Error>(self, found: &str) -> Result<(), E> {
        if found == self.constant {
            Ok(())
        } else {
            Err(E::custom(format_args!(
                "{} is `{found}`, not `{}`",
                self.field, self.constant
            )))
        }
    }
}
