//! The serde serializer: scalars and the way into structures.

use serde::{Serialize, Serializer};

use super::scalar::{self, Form};
use super::structure::{Fields, Items, Start};
use super::{DEPTH, WriteError, order};

/// Whether the value was `None` in a place that a `None` leaves out, so that nothing was written.
pub(super) type IsNone = bool;

/// The output and what is kept between values.
pub(super) struct Emitter {
    pub(super) out: Vec<u8>,
    /// Where fields to be sorted start; one stack for all levels.
    pub(super) marks: Vec<(usize, usize)>,
    /// Where sorted fields are put together.
    pub(super) scratch: Vec<u8>,
    depth: usize,
}

impl Emitter {
    pub(super) fn enter(&mut self) -> Result<(), WriteError> {
        self.depth += 1;
        if self.depth > DEPTH {
            Err(WriteError::Depth)
        } else {
            Ok(())
        }
    }

    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }
}

pub(super) fn write<T: Serialize + ?Sized>(out: &mut Vec<u8>, value: &T) -> Result<(), WriteError> {
    let mut emitter = Emitter {
        out: std::mem::take(out),
        marks: Vec::new(),
        scratch: Vec::new(),
        depth: 0,
    };
    let result = value.serialize(ValueSerializer {
        emitter: &mut emitter,
        place: Place::Root,
    });
    *out = emitter.out;
    result.map(|_| ())
}

/// Where a value stands.
#[derive(Clone, Copy)]
pub(super) enum Place {
    /// The whole document.
    Root,
    /// After `key:`, whose key begins in this column.
    Key(usize),
    /// An item of a sequence whose dashes are in this column; nothing of it is written yet.
    Item(usize),
}

impl Place {
    /// The column of a literal block's text.
    fn text_column(self) -> usize {
        match self {
            Self::Root => 2,
            Self::Key(column) | Self::Item(column) => column + 2,
        }
    }
}

pub(super) struct ValueSerializer<'a> {
    pub(super) emitter: &'a mut Emitter,
    pub(super) place: Place,
}

impl<'a> ValueSerializer<'a> {
    /// Writes what comes before a value that fits on the line, and gives the output for the value.
    fn begin(&mut self) -> &mut Vec<u8> {
        let out = &mut self.emitter.out;
        match self.place {
            Place::Root => {}
            Place::Key(_) => out.push(b' '),
            Place::Item(column) => {
                scalar::push_spaces(out, column);
                out.extend_from_slice(b"- ");
            }
        }
        out
    }

    /// Writes a text that is no string: a number, `true`, `null`.
    pub(super) fn word(mut self, text: &str) -> Result<IsNone, WriteError> {
        let out = self.begin();
        out.extend_from_slice(text.as_bytes());
        out.push(b'\n');
        Ok(false)
    }

    fn number(mut self, number: impl std::fmt::Display) -> Result<IsNone, WriteError> {
        use std::io::Write;
        let out = self.begin();
        writeln!(out, "{number}").map_err(|error| WriteError::Refused(error.to_string()))?;
        Ok(false)
    }

    /// `shortest` is Rust's shortest form that reads back as the same number.
    fn float(self, shortest: &str) -> Result<IsNone, WriteError> {
        match shortest {
            "NaN" => return self.word(".nan"),
            "inf" => return self.word(".inf"),
            "-inf" => return self.word("-.inf"),
            _ => {}
        }
        // YAML 1.1 asks for a point in the mantissa and a sign before the exponent.
        let Some((mantissa, exponent)) = shortest.split_once('e') else {
            return self.word(shortest);
        };
        let point = if mantissa.contains('.') { "" } else { ".0" };
        let sign = if exponent.starts_with('-') { "" } else { "+" };
        self.word(&format!("{mantissa}{point}e{sign}{exponent}"))
    }

    fn structure(self) -> Result<(Start, &'a mut Emitter), WriteError> {
        self.emitter.enter()?;
        Ok((
            Start {
                place: self.place,
                at: self.emitter.out.len(),
            },
            self.emitter,
        ))
    }

    /// Opens `variant:` as the one field of a mapping; the value that follows stands in the place that is returned.
    fn variant(self, variant: &str) -> Result<(Start, &'a mut Emitter, Place), WriteError> {
        let (start, emitter) = self.structure()?;
        if matches!(start.place, Place::Key(_)) {
            emitter.out.push(b'\n');
        }
        let column = start.fields_column();
        scalar::push_spaces(&mut emitter.out, column);
        push_key(&mut emitter.out, variant, column);
        Ok((start, emitter, Place::Key(column)))
    }
}

/// Writes `key:`; a key that is too long for a simple key becomes `? key`, then `:`.
pub(super) fn push_key(out: &mut Vec<u8>, key: &str, column: usize) {
    // Readers look for the colon within 1,024 characters.
    const LONGEST: usize = 512;
    let plain = scalar::form(key) == Form::Plain;
    if plain && key.len() <= LONGEST {
        out.extend_from_slice(key.as_bytes());
        out.push(b':');
        return;
    }
    let start = out.len();
    scalar::push_quoted(out, key);
    if out.len() - start > LONGEST {
        out.splice(start..start, *b"? ");
        out.push(b'\n');
        scalar::push_spaces(out, column);
    }
    out.push(b':');
}

impl<'a> Serializer for ValueSerializer<'a> {
    type Ok = IsNone;
    type Error = WriteError;
    type SerializeSeq = Items<'a>;
    type SerializeTuple = Items<'a>;
    type SerializeTupleStruct = Items<'a>;
    type SerializeTupleVariant = Items<'a>;
    type SerializeMap = Fields<'a>;
    type SerializeStruct = Fields<'a>;
    type SerializeStructVariant = Fields<'a>;

    fn serialize_str(mut self, text: &str) -> Result<IsNone, WriteError> {
        let column = self.place.text_column();
        let form = match (scalar::form(text), self.place) {
            // Specification and libyaml count the indentation indicator of a top-level block differently.
            (Form::Literal, Place::Root) => Form::Quoted,
            (form, _) => form,
        };
        let out = self.begin();
        match form {
            Form::Plain => out.extend_from_slice(text.as_bytes()),
            Form::Quoted => scalar::push_quoted(out, text),
            Form::Literal => {
                scalar::push_literal(out, text, column);
                return Ok(false);
            }
        }
        out.push(b'\n');
        Ok(false)
    }

    fn serialize_none(self) -> Result<IsNone, WriteError> {
        match self.place {
            Place::Key(_) => Ok(true),
            Place::Root | Place::Item(_) => self.word("null"),
        }
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<IsNone, WriteError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<IsNone, WriteError> {
        self.word("null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<IsNone, WriteError> {
        self.word("null")
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<IsNone, WriteError> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<IsNone, WriteError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<IsNone, WriteError> {
        let (start, emitter, place) = self.variant(variant)?;
        if value.serialize(ValueSerializer { emitter, place })? {
            emitter.out.extend_from_slice(b" null\n");
        }
        start.finish(emitter);
        Ok(false)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'a>, WriteError> {
        let (start, emitter) = self.structure()?;
        Ok(Items::new(emitter, start, None))
    }

    fn serialize_tuple(self, len: usize) -> Result<Items<'a>, WriteError> {
        self.serialize_seq(Some(len))
    }

    fn serialize_tuple_struct(self, _: &'static str, len: usize) -> Result<Items<'a>, WriteError> {
        self.serialize_seq(Some(len))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Items<'a>, WriteError> {
        let (outer, emitter, place) = self.variant(variant)?;
        let (start, emitter) = ValueSerializer { emitter, place }.structure()?;
        Ok(Items::new(emitter, start, Some(outer)))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Fields<'a>, WriteError> {
        let order = matches!(self.place, Place::Root).then(order::of_object);
        let (start, emitter) = self.structure()?;
        Ok(Fields::new(emitter, start, None, order))
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Fields<'a>, WriteError> {
        let root = matches!(self.place, Place::Root).then(order::of_object);
        let (start, emitter) = self.structure()?;
        let order = order::of_struct(name);
        Ok(Fields::new(emitter, start, None, order.or(root)))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Fields<'a>, WriteError> {
        let (outer, emitter, place) = self.variant(variant)?;
        let (start, emitter) = ValueSerializer { emitter, place }.structure()?;
        Ok(Fields::new(emitter, start, Some(outer), None))
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<IsNone, WriteError> {
        serde::Serialize::serialize(bytes, self)
    }

    fn serialize_char(self, character: char) -> Result<IsNone, WriteError> {
        self.serialize_str(character.encode_utf8(&mut [0; 4]))
    }

    fn serialize_bool(self, value: bool) -> Result<IsNone, WriteError> {
        self.word(if value { "true" } else { "false" })
    }

    fn serialize_f32(self, value: f32) -> Result<IsNone, WriteError> {
        self.float(&format!("{value:?}"))
    }

    fn serialize_f64(self, value: f64) -> Result<IsNone, WriteError> {
        self.float(&format!("{value:?}"))
    }

    fn serialize_i8(self, value: i8) -> Result<IsNone, WriteError> {
        self.number(value)
    }

    fn serialize_i16(self, value: i16) -> Result<IsNone, WriteError> {
        self.number(value)
    }

    fn serialize_i32(self, value: i32) -> Result<IsNone, WriteError> {
        self.number(value)
    }

    fn serialize_i64(self, value: i64) -> Result<IsNone, WriteError> {
        self.number(value)
    }

    fn serialize_i128(self, value: i128) -> Result<IsNone, WriteError> {
        self.number(value)
    }

    fn serialize_u8(self, value: u8) -> Result<IsNone, WriteError> {
        self.number(value)
    }

    fn serialize_u16(self, value: u16) -> Result<IsNone, WriteError> {
        self.number(value)
    }

    fn serialize_u32(self, value: u32) -> Result<IsNone, WriteError> {
        self.number(value)
    }

    fn serialize_u64(self, value: u64) -> Result<IsNone, WriteError> {
        self.number(value)
    }

    fn serialize_u128(self, value: u128) -> Result<IsNone, WriteError> {
        self.number(value)
    }
}
