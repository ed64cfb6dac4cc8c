//! Applications, where their manifests come from, and what their projects permit.

mod applications;
mod glob;
mod permissions;
mod walk;

use crate::fault::Faults;
use crate::objects::Objects;
use crate::sink::Sink;

pub(crate) use applications::{sources, specs};

/// Whether a value is filled in later, so that nothing is known of it.
pub(crate) fn is_template(text: &str) -> bool {
    text.contains("{{") || text.contains("${") || text.contains("<%")
}

/// What is wrong between applications, their projects and what they bring.
pub(crate) fn faults(objects: &Objects) -> Faults {
    Faults::new(walk::faults(objects))
}

/// Says what is wrong between applications by the sink's rule.
pub(crate) fn say(objects: &Objects, sink: &mut Sink<'_>) {
    objects.argo_cd().say(sink);
}
