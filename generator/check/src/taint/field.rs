//! Fields whose text is more than data, whatever kind they are in.

use luban_yaml::Value;

use super::graph::Use;
use crate::surface::{Container, Pod, is_word_of, programs};

/// The fields of a container, and what their text is.
pub(super) fn of_container(container: Container<'_>) -> Vec<(Value<'_>, Use)> {
    let mut fields = Vec::new();
    let value = container.value;
    let programs = programs(container);
    for program in &programs {
        fields.push((program.value, Use::Script(program.language.name())));
    }
    fields.extend(value.get("image").map(|image| (image, Use::Image)));
    fields.extend(value.get("workingDir").map(|path| (path, Use::Path)));
    for mount in value.items_of("volumeMounts") {
        for key in ["subPath", "mountPath"] {
            fields.extend(mount.get(key).map(|path| (path, Use::Path)));
        }
    }
    if programs.is_empty() {
        options(container, &mut fields);
    }
    fields
}

/// Words of `git` that may be taken for options: those before `--`.
fn options<'a>(container: Container<'a>, fields: &mut Vec<(Value<'a>, Use)>) {
    let words = container.words();
    let mut words = words
        .iter()
        .skip_while(|word| !word.text().is_some_and(|word| is_word_of(word, "git")));
    if words.next().is_none() {
        return;
    }
    let before = words.take_while(|word| word.text() != Some("--"));
    fields.extend(before.map(|word| (*word, Use::Option)));
}

/// The fields of a pod beside those of its containers.
pub(super) fn of_pod<'a>(pod: &Pod<'a>) -> Vec<(Value<'a>, Use)> {
    let mut fields = Vec::new();
    for level in &pod.levels {
        fields.extend(
            level
                .get("serviceAccountName")
                .map(|name| (name, Use::Identity)),
        );
        fields.extend(
            level
                .get("podSpecPatch")
                .map(|patch| (patch, Use::Manifest)),
        );
    }
    for volume in &pod.volumes {
        let names = [["secret", "secretName"], ["hostPath", "path"]];
        fields.extend(
            names
                .iter()
                .filter_map(|keys| Some((volume.at(keys)?, Use::Identity))),
        );
    }
    fields
}
