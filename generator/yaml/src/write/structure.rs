//! Mappings and sequences, and fields put into upstream's order.

use serde::Serialize;
use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant,
};

use super::WriteError;
use super::key::key_text;
use super::order::Order;
use super::scalar::push_spaces;
use super::serializer::{Emitter, IsNone, Place, ValueSerializer, push_key};

/// Where a structure begins in the output.
#[derive(Clone, Copy)]
pub(super) struct Start {
    pub(super) place: Place,
    pub(super) at: usize,
}

impl Start {
    /// The column of a mapping's keys here.
    pub(super) fn fields_column(self) -> usize {
        match self.place {
            Place::Root => 0,
            Place::Key(column) | Place::Item(column) => column + 2,
        }
    }

    /// The column of a sequence's dashes here: under a key they are not indented.
    fn dash_column(self) -> usize {
        match self.place {
            Place::Root => 0,
            Place::Key(column) => column,
            Place::Item(column) => column + 2,
        }
    }

    fn empty(self, emitter: &mut Emitter, text: &str) -> Result<IsNone, WriteError> {
        emitter.leave();
        ValueSerializer {
            emitter,
            place: self.place,
        }
        .word(text)
    }

    /// Ends a structure with content: as an item, its first line gets the dash in the place of a space.
    pub(super) fn finish(self, emitter: &mut Emitter) {
        emitter.leave();
        if let Place::Item(column) = self.place
            && let Some(byte) = emitter.out.get_mut(self.at + column)
        {
            *byte = b'-';
        }
    }
}

/// A sequence being written.
pub(super) struct Items<'a> {
    emitter: &'a mut Emitter,
    start: Start,
    outer: Option<Start>,
    column: usize,
    is_empty: bool,
}

impl<'a> Items<'a> {
    /// `outer`: the mapping of one key around this sequence, when it is an enum's variant.
    pub(super) fn new(emitter: &'a mut Emitter, start: Start, outer: Option<Start>) -> Self {
        Self {
            emitter,
            start,
            outer,
            column: start.dash_column(),
            is_empty: true,
        }
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), WriteError> {
        if self.is_empty && matches!(self.start.place, Place::Key(_)) {
            self.emitter.out.push(b'\n');
        }
        self.is_empty = false;
        value.serialize(ValueSerializer {
            emitter: self.emitter,
            place: Place::Item(self.column),
        })?;
        Ok(())
    }

    fn close(self) -> Result<IsNone, WriteError> {
        if self.is_empty {
            self.start.empty(self.emitter, "[]")?;
        } else {
            self.start.finish(self.emitter);
        }
        if let Some(outer) = self.outer {
            outer.finish(self.emitter);
        }
        Ok(false)
    }
}

/// A mapping being written.
pub(super) struct Fields<'a> {
    emitter: &'a mut Emitter,
    start: Start,
    outer: Option<Start>,
    column: usize,
    is_empty: bool,
    order: Option<&'static Order>,
    /// Where this mapping's own marks begin on the emitter's stack.
    marks: usize,
    key: Option<String>,
}

impl<'a> Fields<'a> {
    /// `outer`: the mapping of one key around this one, when it is an enum's variant.
    pub(super) fn new(
        emitter: &'a mut Emitter,
        start: Start,
        outer: Option<Start>,
        order: Option<&'static Order>,
    ) -> Self {
        let marks = emitter.marks.len();
        Self {
            emitter,
            start,
            outer,
            column: start.fields_column(),
            is_empty: true,
            order,
            marks,
            key: None,
        }
    }

    fn field<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), WriteError> {
        let before = self.emitter.out.len();
        if self.is_empty && matches!(self.start.place, Place::Key(_)) {
            self.emitter.out.push(b'\n');
        }
        let begin = self.emitter.out.len();
        push_spaces(&mut self.emitter.out, self.column);
        push_key(&mut self.emitter.out, key, self.column);
        if value.serialize(ValueSerializer {
            emitter: self.emitter,
            place: Place::Key(self.column),
        })? {
            self.emitter.out.truncate(before);
            return Ok(());
        }
        self.is_empty = false;
        if let Some(order) = self.order {
            let rank = order
                .iter()
                .position(|name| *name == key)
                .unwrap_or(order.len());
            self.emitter.marks.push((rank, begin));
        }
        Ok(())
    }

    fn close(self) -> Result<IsNone, WriteError> {
        if let Some(order) = self.order {
            sort_fields(
                self.emitter,
                self.marks,
                order.len(),
                matches!(self.start.place, Place::Root),
            );
        }
        if self.is_empty {
            self.start.empty(self.emitter, "{}")?;
        } else {
            self.start.finish(self.emitter);
        }
        if let Some(outer) = self.outer {
            outer.finish(self.emitter);
        }
        Ok(false)
    }
}

/// Puts the fields marked from `base` on into the order of their ranks; `unknown` is the rank of a field that the order lacks.
fn sort_fields(emitter: &mut Emitter, base: usize, unknown: usize, is_root: bool) {
    let marks = &mut emitter.marks[base..];
    // A type of the same name that has other fields is not the one that the table means.
    let is_meant = is_root || marks.iter().all(|(rank, _)| *rank < unknown);
    if is_meant && !marks.is_sorted_by_key(|(rank, _)| *rank) {
        let begin = marks.first().map_or(0, |(_, begin)| *begin);
        let mut end = emitter.out.len();
        emitter.scratch.clear();
        emitter.scratch.extend_from_slice(&emitter.out[begin..]);
        let mut pieces: Vec<(usize, usize, usize)> = Vec::with_capacity(marks.len());
        for (rank, from) in marks.iter().rev() {
            pieces.push((*rank, *from, end));
            end = *from;
        }
        pieces.reverse();
        pieces.sort_by_key(|(rank, ..)| *rank);
        emitter.out.truncate(begin);
        for (_, from, to) in pieces {
            emitter
                .out
                .extend_from_slice(&emitter.scratch[from - begin..to - begin]);
        }
    }
    emitter.marks.truncate(base);
}

impl SerializeSeq for Items<'_> {
    type Ok = IsNone;
    type Error = WriteError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), WriteError> {
        self.item(value)
    }

    fn end(self) -> Result<IsNone, WriteError> {
        self.close()
    }
}

impl SerializeTuple for Items<'_> {
    type Ok = IsNone;
    type Error = WriteError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), WriteError> {
        self.item(value)
    }

    fn end(self) -> Result<IsNone, WriteError> {
        self.close()
    }
}

impl SerializeTupleStruct for Items<'_> {
    type Ok = IsNone;
    type Error = WriteError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), WriteError> {
        self.item(value)
    }

    fn end(self) -> Result<IsNone, WriteError> {
        self.close()
    }
}

impl SerializeTupleVariant for Items<'_> {
    type Ok = IsNone;
    type Error = WriteError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), WriteError> {
        self.item(value)
    }

    fn end(self) -> Result<IsNone, WriteError> {
        self.close()
    }
}

impl SerializeMap for Fields<'_> {
    type Ok = IsNone;
    type Error = WriteError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), WriteError> {
        self.key = Some(key_text(key)?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), WriteError> {
        let key = self.key.take().ok_or(WriteError::Key)?;
        self.field(&key, value)?;
        self.key = Some(key);
        Ok(())
    }

    fn end(self) -> Result<IsNone, WriteError> {
        self.close()
    }
}

impl SerializeStruct for Fields<'_> {
    type Ok = IsNone;
    type Error = WriteError;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), WriteError> {
        self.field(key, value)
    }

    fn end(self) -> Result<IsNone, WriteError> {
        self.close()
    }
}

impl SerializeStructVariant for Fields<'_> {
    type Ok = IsNone;
    type Error = WriteError;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), WriteError> {
        self.field(key, value)
    }

    fn end(self) -> Result<IsNone, WriteError> {
        self.close()
    }
}
