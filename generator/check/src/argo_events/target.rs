//! What a parameter changes: the object that a trigger makes, an action, or a template.

use luban_api::Kind;
use luban_expression::Step;
use luban_yaml::{Budget, Document, Path, parse};

use super::sensor::{List, ParameterAt, SensorView};

/// What a parameter of an action or of a template changes.
pub(super) struct Target {
    /// The kind of the object that has the fields.
    pub(super) kind: &'static Kind,
    /// Names before the destination, such as those from a Sensor to its trigger's template.
    pub(super) before: Vec<Step>,
    /// Where the object is written, if it is in a document.
    pub(super) written: Option<(Written, Path)>,
    /// What the object is called in messages.
    pub(super) name: String,
}

pub(super) enum Written {
    /// In the Sensor's own document.
    Here,
    /// In a text of its own.
    Apart(Box<Document>),
}

pub(super) fn target(view: &SensorView<'_>, at: &ParameterAt<'_>) -> Option<Target> {
    let trigger = view.triggers.get(at.trigger)?;
    let path = trigger.path.key("template");
    match at.list {
        // The object of a custom trigger comes from its server.
        List::Payload(_) | List::Headers | List::Action("custom") => None,
        List::Action(action @ ("k8s" | "argoWorkflow")) => object(view, &path.key(action)),
        List::Action(action) => {
            let before = ["spec", "triggers", "0", "template", action];
            Some(of_sensor(
                view,
                &before,
                path.key(action),
                format!("`{action}`"),
            ))
        }
        List::Template => {
            let before = ["spec", "triggers", "0", "template"];
            Some(of_sensor(
                view,
                &before,
                path,
                "the trigger's template".to_owned(),
            ))
        }
    }
}

fn of_sensor(view: &SensorView<'_>, before: &[&str], path: Path, name: String) -> Target {
    let before = before.iter().map(|step| match step.parse() {
        Ok(index) => Step::Index(index),
        Err(_) => Step::Key((*step).to_owned()),
    });
    let kind = luban_api::Kind::of(&view.entry.name.api_version, "Sensor");
    Target {
        kind: kind.unwrap_or(&luban_api::KINDS[0]),
        before: before.collect(),
        written: Some((Written::Here, path)),
        name,
    }
}

/// The object that a trigger makes.
fn object(view: &SensorView<'_>, action: &Path) -> Option<Target> {
    let source = action.key("source");
    let resource = source.key("resource");
    let document = view.document();
    let is_live = document.text_at(&action.key("liveObject")) == Some("true");
    if document.has_value(&resource) {
        let text = |field| document.text_at(&resource.key(field)).unwrap_or_default();
        let kind = Kind::of(text("apiVersion"), text("kind"))?;
        return Some(Target {
            kind,
            before: Vec::new(),
            written: (!is_live).then_some((Written::Here, resource)),
            name: format!("the {}", kind.name),
        });
    }
    let inline = document.text_at(&source.key("inline"))?;
    let mut documents = parse("inline", inline.as_bytes(), &Budget::default()).ok()?;
    if documents.len() != 1 {
        return None;
    }
    let inline = documents.pop()?;
    let text = |field| inline.text_at(&Path::root().key(field)).unwrap_or_default();
    let kind = Kind::of(text("apiVersion"), text("kind"))?;
    Some(Target {
        kind,
        before: Vec::new(),
        written: (!is_live).then(|| (Written::Apart(Box::new(inline)), Path::root())),
        name: format!("the {}", kind.name),
    })
}
