//! Fields that exclude each other.

use luban_api_core::{Union, one_of};

use crate::{Patch, ReplacementField, SourceSelector};

/// Every union of Kustomize's files.
pub const UNIONS: &[Union] = &[PatchSource::UNION, ReplacementSource::UNION];

one_of! {
    /// Where a patch is.
    pub enum PatchSource<'a>: exactly one of Patch::source {
        /// In the kustomization.
        Patch(&'a str) = patch,
        /// In a file.
        Path(&'a str) = path,
    }
}

one_of! {
    /// Where a replacement is, or its value.
    pub enum ReplacementSource<'a>: exactly one of ReplacementField::origin {
        /// The replacement is in a file.
        Path(&'a str) = path,
        /// The value is that of a field.
        Source(&'a SourceSelector) = source,
        /// The value is this.
        SourceValue(&'a str) = source_value "sourceValue",
    }
}
