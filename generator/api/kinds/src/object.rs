//! The macro that makes the type of any object, and the table of kinds, from one list.

/// Declares [`Object`] and [`KINDS`](crate::KINDS) from rows `Variant: type;`, grouped by the release that types follow, with
/// the unions of these types.
macro_rules! kinds {
    ($($upstream:literal by $unions:expr => { $($variant:ident: $kind:ty;)* })*) => {
        /// An object as the type it is. A variant is called as its kind; versions that are not the newest have theirs added.
        #[derive(Clone, Debug, PartialEq)]
        #[allow(missing_docs, reason = "variants are upstream's kinds")]
        pub enum Object {
            $($($variant(Box<$kind>),)*)*
            /// Objects in one document.
            List(Box<$crate::List>),
            /// An object of a kind that is not in the table.
            Unknown(Box<$crate::Unknown>),
        }

        impl Object {
            /// Its row in the table; none for a List and for a kind that is not in it.
            #[must_use]
            pub fn row(&self) -> Option<&'static $crate::Kind> {
                let (api_version, name) = match self {
                    $($(Self::$variant(_) => (<$kind>::API_VERSION, <$kind>::KIND),)*)*
                    Self::List(_) | Self::Unknown(_) => return None,
                };
                $crate::Kind::of(api_version, name)
            }

            /// Name, namespace, labels and annotations; none for a List and for a kind that is not in the table.
            #[must_use]
            pub fn metadata(&self) -> Option<&ObjectMeta> {
                match self {
                    $($(Self::$variant(object) => Some(object.metadata()),)*)*
                    Self::List(_) | Self::Unknown(_) => None,
                }
            }
        }

        impl serde::Serialize for Object {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $($(Self::$variant(object) => object.serialize(serializer),)*)*
                    Self::List(list) => list.serialize(serializer),
                    Self::Unknown(object) => object.serialize(serializer),
                }
            }
        }

        $($(impl From<$kind> for Object {
            fn from(object: $kind) -> Self {
                Self::$variant(Box::new(object))
            }
        })*)*

        /// Every kind that is read as a type of its own.
        pub static KINDS: &[$crate::Kind] = &[
            $($($crate::Kind {
                api_version: <$kind>::API_VERSION,
                name: <$kind>::KIND,
                plural: <$kind>::URL_PATH_SEGMENT,
                is_namespaced: <$kind as luban_api_core::Object>::NAMESPACED,
                upstream: $upstream,
                read: |document, path| {
                    static RULES: LazyLock<Vec<Exclusive>> =
                        LazyLock::new(|| $crate::unions::rules($unions));
                    let (object, findings) = luban_yaml::read_by::<$kind>(document, path, &RULES);
                    (object.map(Object::from), findings)
                },
                #[cfg(feature = "schema")]
                schema: || $crate::schema::of::<$kind>(),
            },)*)*
        ];
    };
}
pub(crate) use kinds;
