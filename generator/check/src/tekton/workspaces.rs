//! Workspaces that runs bring.

use luban_yaml::Cursor;

/// The fields of which a workspace of a run has one.
pub(crate) const SOURCES: &[&str] = &[
    "volumeClaimTemplate",
    "persistentVolumeClaim",
    "emptyDir",
    "configMap",
    "secret",
    "projected",
    "csi",
];

/// A workspace that a run brings.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Binding<'a> {
    pub(crate) at: Cursor<'a>,
}

impl<'a> Binding<'a> {
    /// The sources that it has.
    pub(crate) fn sources(&self) -> impl Iterator<Item = (&'static str, Cursor<'a>)> {
        let at = self.at;
        SOURCES
            .iter()
            .filter_map(move |source| Some((*source, at.get(source)?)))
    }

    /// The field without which its source means nothing, if that is missing.
    pub(crate) fn missing_field(&self) -> Option<(Cursor<'a>, &'static str, &'static str)> {
        let (source, at) = self.sources().next()?;
        let field = match source {
            "persistentVolumeClaim" => "claimName",
            "configMap" => "name",
            "secret" => "secretName",
            "projected" => "sources",
            "csi" => "driver",
            _ => return None,
        };
        let is_there = at
            .get(field)
            .is_some_and(|value| !value.is_empty() && value.text() != Some(""));
        (!is_there).then_some((at, source, field))
    }
}
