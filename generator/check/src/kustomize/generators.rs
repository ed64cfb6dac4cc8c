//! ConfigMaps and Secrets that a kustomization makes.

use super::Fault;
use super::folders::{Kustomization, item};
use super::parts::{Parts, given};

/// What a ConfigMap or a Secret is made of.
pub(super) struct Source<'a> {
    pub(super) kind: &'static str,
    pub(super) name: Option<&'a str>,
    pub(super) namespace: Option<&'a str>,
    pub(super) behavior: Option<&'a str>,
    pub(super) literals: &'a [String],
    pub(super) files: &'a [String],
    pub(super) envs: &'a [String],
    pub(super) env: Option<&'a str>,
}

/// The ConfigMaps and Secrets of a kustomization, by the fields that have them, in the order in which they are made.
pub(super) fn sources<'a>(parts: &Parts<'a>) -> [(&'static str, Vec<Source<'a>>); 2] {
    macro_rules! sources {
        ($kind:literal, $list:expr) => {
            $list
                .iter()
                .map(|of| Source {
                    kind: $kind,
                    name: given(&of.name),
                    namespace: given(&of.namespace),
                    behavior: given(&of.behavior),
                    literals: &of.literals,
                    files: &of.files,
                    envs: &of.envs,
                    env: given(&of.env),
                })
                .collect()
        };
    }
    [
        (
            "configMapGenerator",
            sources!("ConfigMap", parts.config_maps),
        ),
        ("secretGenerator", sources!("Secret", parts.secrets)),
    ]
}

/// What is wrong with the sources by themselves.
pub(super) fn check(of: &Kustomization<'_>, faults: &mut Vec<Fault>) {
    const RULE: &str = "generator-source";
    let document = &of.entry.document;
    for (field, sources) in sources(&of.parts) {
        for (index, source) in sources.iter().enumerate() {
            let at = item(field, index);
            if source.name.is_none() {
                let place = document.locate_head(&at);
                faults.push(Fault::new(
                    RULE,
                    format!("the {} has no name", source.kind),
                    place,
                ));
            }
            if let Some(behavior) = source
                .behavior
                .filter(|behavior| !["create", "replace", "merge"].contains(behavior))
            {
                let message = format!(
                    "behavior `{behavior}` is none of `create`, `replace`, `merge`: it counts as `create`"
                );
                faults.push(Fault::new(
                    "generator-behavior",
                    message,
                    document.locate(&at.key("behavior")),
                ));
            }
            let mut keys: Vec<(&str, luban_yaml::Path)> = Vec::new();
            for (index, literal) in source.literals.iter().enumerate() {
                let at = at.key("literals").index(index);
                match literal.split_once('=') {
                    Some((key, _)) if !key.is_empty() => keys.push((key, at)),
                    _ => {
                        let message = format!("`{literal}` is no `key=value`");
                        faults.push(Fault::new(RULE, message, document.locate(&at)));
                    }
                }
            }
            for (index, file) in source.files.iter().enumerate() {
                let at = at.key("files").index(index);
                match file.split_once('=') {
                    None => keys.push((
                        file.trim_end_matches('/')
                            .rsplit('/')
                            .next()
                            .unwrap_or(file),
                        at,
                    )),
                    Some((key, path))
                        if !key.is_empty() && !path.is_empty() && !path.contains('=') =>
                    {
                        keys.push((key, at))
                    }
                    Some(_) => {
                        let message = format!("`{file}` is neither a path nor one `key=path`");
                        faults.push(Fault::new(RULE, message, document.locate(&at)));
                    }
                }
            }
            let mut seen: std::collections::HashMap<&str, &luban_yaml::Path> =
                std::collections::HashMap::new();
            for (key, at) in &keys {
                if let Some(first) = seen.insert(key, at) {
                    let message = format!("key `{key}` is given twice");
                    let fault = Fault::new(RULE, message, document.locate(at));
                    faults.push(fault.related("the other is here", document.locate(first)));
                }
            }
        }
    }
}
