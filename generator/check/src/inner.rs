//! YAML inside a scalar: manifests and patches that stand in another object as text.

use std::ops::Range;

use luban_diagnostic::{Finding, Place};
use luban_expression::tags::argo::{split, with_placeholders};
use luban_yaml::{Budget, Document, Scalar, parse};

/// The documents in a text, with the same number of letters in the place of each tag, whose value nobody knows yet.
pub(crate) struct Inner<'d> {
    pub(crate) documents: Vec<Document>,
    holes: Vec<Range<usize>>,
    scalar: Scalar<'d>,
}

impl<'d> Inner<'d> {
    /// Reads a text.
    ///
    /// # Errors
    ///
    /// What makes it no YAML; nothing where that may be a tag's doing.
    pub(crate) fn read(scalar: Scalar<'d>) -> Result<Self, Option<Box<Finding>>> {
        let text = scalar.text();
        let (filled, holes) = with_placeholders(text, &split(text));
        match parse("text", filled.as_bytes(), &Budget::default()) {
            Ok(documents) => {
                let broken = documents.iter().flat_map(Document::findings);
                let mut broken = broken
                    .filter(|finding| !matches!(finding.rule, "duplicate-key" | "unknown-tag"));
                match broken.next() {
                    Some(finding) => {
                        Err(Some(Box::new(finding.clone())).filter(|_| holes.is_empty()))
                    }
                    None => Ok(Self {
                        documents,
                        holes,
                        scalar,
                    }),
                }
            }
            Err(findings) => Err(findings
                .into_iter()
                .next()
                .map(Box::new)
                .filter(|_| holes.is_empty())),
        }
    }

    /// Where in the outer object something stands; nothing if a tag is part of it.
    pub(crate) fn place(&self, inner: &Place) -> Option<Place> {
        let span = inner.span.start.offset as usize..inner.span.end.offset as usize;
        let is_hole = |hole: &Range<usize>| span.start < hole.end && hole.start < span.end;
        (!self.holes.iter().any(is_hole)).then(|| self.scalar.place_of(span))
    }
}
