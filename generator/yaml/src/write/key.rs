//! The text of a map's key: Kubernetes' keys are strings, so a number or a boolean as key becomes its text.

use std::fmt::Display;

use serde::Serialize;
use serde::ser::{Impossible, Serializer};

use super::WriteError;

pub(super) fn key_text<T: Serialize + ?Sized>(key: &T) -> Result<String, WriteError> {
    key.serialize(KeySerializer)
}

struct KeySerializer;

fn text(value: impl Display) -> Result<String, WriteError> {
    Ok(value.to_string())
}

impl Serializer for KeySerializer {
    type Ok = String;
    type Error = WriteError;
    type SerializeSeq = Impossible<String, WriteError>;
    type SerializeTuple = Impossible<String, WriteError>;
    type SerializeTupleStruct = Impossible<String, WriteError>;
    type SerializeTupleVariant = Impossible<String, WriteError>;
    type SerializeMap = Impossible<String, WriteError>;
    type SerializeStruct = Impossible<String, WriteError>;
    type SerializeStructVariant = Impossible<String, WriteError>;

    fn serialize_str(self, value: &str) -> Result<String, WriteError> {
        text(value)
    }

    fn serialize_char(self, value: char) -> Result<String, WriteError> {
        text(value)
    }

    fn serialize_bool(self, value: bool) -> Result<String, WriteError> {
        text(value)
    }

    fn serialize_i8(self, value: i8) -> Result<String, WriteError> {
        text(value)
    }

    fn serialize_i16(self, value: i16) -> Result<String, WriteError> {
        text(value)
    }

    fn serialize_i32(self, value: i32) -> Result<String, WriteError> {
        text(value)
    }

    fn serialize_i64(self, value: i64) -> Result<String, WriteError> {
        text(value)
    }

    fn serialize_u8(self, value: u8) -> Result<String, WriteError> {
        text(value)
    }

    fn serialize_u16(self, value: u16) -> Result<String, WriteError> {
        text(value)
    }

    fn serialize_u32(self, value: u32) -> Result<String, WriteError> {
        text(value)
    }

    fn serialize_u64(self, value: u64) -> Result<String, WriteError> {
        text(value)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<String, WriteError> {
        text(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<String, WriteError> {
        value.serialize(self)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<String, WriteError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<String, WriteError> {
        Err(WriteError::Key)
    }

    fn serialize_f32(self, _: f32) -> Result<String, WriteError> {
        Err(WriteError::Key)
    }

    fn serialize_f64(self, _: f64) -> Result<String, WriteError> {
        Err(WriteError::Key)
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<String, WriteError> {
        Err(WriteError::Key)
    }

    fn serialize_none(self) -> Result<String, WriteError> {
        Err(WriteError::Key)
    }

    fn serialize_unit(self) -> Result<String, WriteError> {
        Err(WriteError::Key)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<String, WriteError> {
        Err(WriteError::Key)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, WriteError> {
        Err(WriteError::Key)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, WriteError> {
        Err(WriteError::Key)
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, WriteError> {
        Err(WriteError::Key)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, WriteError> {
        Err(WriteError::Key)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, WriteError> {
        Err(WriteError::Key)
    }

    fn serialize_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStruct, WriteError> {
        Err(WriteError::Key)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, WriteError> {
        Err(WriteError::Key)
    }
}
