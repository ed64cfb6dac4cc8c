//! Kubernetes' container where upstream wants no name.

use k8s_openapi::api::core::v1::Container;
use serde::ser::{Error, Impossible, SerializeStruct};
use serde::{Serialize, Serializer};

/// Writes a container without its `name` if that is empty: k8s-openapi always writes one, and the container of a
/// workflow template has none.
pub fn without_empty_name<S: Serializer>(
    container: &Option<Container>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match container {
        None => serializer.serialize_none(),
        Some(container) if container.name.is_empty() => container.serialize(Nameless(serializer)),
        Some(container) => container.serialize(serializer),
    }
}

/// A serializer of one struct that leaves out the field `name`.
struct Nameless<S>(S);

/// The fields of that struct.
struct Fields<S>(S);

impl<S: SerializeStruct> SerializeStruct for Fields<S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), S::Error> {
        match key {
            "name" => self.0.skip_field(key),
            _ => self.0.serialize_field(key, value),
        }
    }

    fn skip_field(&mut self, key: &'static str) -> Result<(), S::Error> {
        self.0.skip_field(key)
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.0.end()
    }
}

macro_rules! no_struct {
    ($($method:ident($($argument:ty),*) -> $ok:ty;)*) => {
        $(fn $method(self, $(_: $argument),*) -> Result<$ok, S::Error> {
            Err(S::Error::custom("a container is a struct"))
        })*
    };
}

impl<S: Serializer> Serializer for Nameless<S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Impossible<S::Ok, S::Error>;
    type SerializeTuple = Impossible<S::Ok, S::Error>;
    type SerializeTupleStruct = Impossible<S::Ok, S::Error>;
    type SerializeTupleVariant = Impossible<S::Ok, S::Error>;
    type SerializeMap = Impossible<S::Ok, S::Error>;
    type SerializeStruct = Fields<S::SerializeStruct>;
    type SerializeStructVariant = Impossible<S::Ok, S::Error>;

    fn serialize_struct(
        self,
        name: &'static str,
        fields: usize,
    ) -> Result<Self::SerializeStruct, S::Error> {
        let fields = fields.saturating_sub(1);
        Ok(Fields(self.0.serialize_struct(name, fields)?))
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<S::Ok, S::Error> {
        Err(S::Error::custom("a container is a struct"))
    }

    no_struct! {
        serialize_bool(bool) -> S::Ok;
        serialize_i8(i8) -> S::Ok;
        serialize_i16(i16) -> S::Ok;
        serialize_i32(i32) -> S::Ok;
        serialize_i64(i64) -> S::Ok;
        serialize_u8(u8) -> S::Ok;
        serialize_u16(u16) -> S::Ok;
        serialize_u32(u32) -> S::Ok;
        serialize_u64(u64) -> S::Ok;
        serialize_f32(f32) -> S::Ok;
        serialize_f64(f64) -> S::Ok;
        serialize_char(char) -> S::Ok;
        serialize_str(&str) -> S::Ok;
        serialize_bytes(&[u8]) -> S::Ok;
        serialize_none() -> S::Ok;
        serialize_unit() -> S::Ok;
        serialize_unit_struct(&'static str) -> S::Ok;
        serialize_unit_variant(&'static str, u32, &'static str) -> S::Ok;
        serialize_seq(Option<usize>) -> Self::SerializeSeq;
        serialize_tuple(usize) -> Self::SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
        serialize_map(Option<usize>) -> Self::SerializeMap;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[derive(Serialize)]
    struct Template {
        #[serde(serialize_with = "without_empty_name")]
        container: Option<Container>,
    }

    #[test]
    fn only_an_empty_name_is_left_out() {
        let container = |name: &str| {
            let container = Container {
                name: name.into(),
                image: Some("x:1".into()),
                ..Container::default()
            };
            serde_json::to_value(Template {
                container: Some(container),
            })
            .unwrap()
        };
        assert_eq!(container(""), json!({"container": {"image": "x:1"}}));
        assert_eq!(
            container("main"),
            json!({"container": {"name": "main", "image": "x:1"}})
        );
    }
}
