//! A step with what its template gives it.

use luban_yaml::{Cursor, Scalar};

use super::go_path::cleaned;
use super::{items_of, text_of};

/// Where a text stands in a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextField {
    Name,
    Image,
    WorkingDir,
    Script,
    Command,
    Args,
    /// The value of an environment variable.
    Env,
    /// The name of a mount.
    MountName,
    /// The path or subPath of a mount.
    Mount,
    OnError,
    /// Any other: only results and artifacts of steps are looked for there.
    Other,
}

impl TextField {
    /// Whether a whole list may stand in it: an element becomes several.
    pub(crate) fn takes_arrays(self) -> bool {
        matches!(self, Self::Command | Self::Args)
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Image => "image",
            Self::WorkingDir => "workingDir",
            Self::Script => "script",
            Self::Command => "command",
            Self::Args => "args",
            Self::Env => "env",
            Self::MountName | Self::Mount => "volumeMounts",
            Self::OnError => "onError",
            Self::Other => "this field",
        }
    }

    /// How messages call it.
    pub(crate) fn called(self) -> String {
        match self {
            Self::Other => self.name().to_owned(),
            _ => format!("`{}`", self.name()),
        }
    }

    /// Whether artifacts of steps are put into it, or nobody looks.
    pub(crate) fn takes_artifacts(self) -> bool {
        matches!(
            self,
            Self::Command | Self::Args | Self::Env | Self::Script | Self::OnError
        )
    }
}

/// A text of a step that holds `$(`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Text<'a> {
    pub(crate) field: TextField,
    pub(crate) scalar: Scalar<'a>,
}

/// A step, or a step action, after `MergeStepsWithStepTemplate`.
#[derive(Debug)]
pub(crate) struct Step<'a> {
    pub(crate) at: Cursor<'a>,
    /// The template, unless the step refers to an action: those are merged later.
    template: Option<Cursor<'a>>,
    pub(crate) texts: Vec<Text<'a>>,
}

impl<'a> Step<'a> {
    pub(crate) fn new(at: Cursor<'a>, template: Option<Cursor<'a>>) -> Self {
        let template = template.filter(|_| at.get("ref").is_none());
        let mut step = Self {
            at,
            template,
            texts: Vec::new(),
        };
        step.texts = step.find_texts();
        step
    }

    /// The action that it refers to.
    pub(crate) fn reference(&self) -> Option<Cursor<'a>> {
        self.at.get("ref")
    }

    /// A text, its own or the template's.
    pub(crate) fn text(&self, field: &str) -> Option<Cursor<'a>> {
        let is_there = |of: &Cursor<'a>| !text_of(*of, field).is_empty();
        let own = Some(self.at).filter(is_there);
        own.or(self.template.filter(is_there))?.get(field)
    }

    /// A list that is its own or the template's.
    pub(crate) fn list(&self, field: &str) -> Option<Cursor<'a>> {
        let own = self.at.get(field).filter(|list| !list.is_empty());
        own.or_else(|| self.template?.get(field).filter(|list| !list.is_empty()))
    }

    /// A list to which the template adds what differs from all in it by `key`.
    fn merged(&self, field: &'static str, key: &'static str) -> Vec<Cursor<'a>> {
        let own: Vec<Cursor<'a>> = items_of(self.at, field).collect();
        let Some(template) = self.template else {
            return own;
        };
        let added = items_of(template, field).filter(|item| {
            !own.iter()
                .any(|own| text_of(*own, key) == text_of(*item, key))
        });
        let added: Vec<_> = added.collect();
        own.into_iter().chain(added).collect()
    }

    pub(crate) fn mounts(&self) -> Vec<Cursor<'a>> {
        self.merged("volumeMounts", "mountPath")
    }

    pub(crate) fn env(&self) -> Vec<Cursor<'a>> {
        self.merged("env", "name")
    }

    /// How messages call it.
    pub(crate) fn called(&self) -> String {
        match text_of(self.at, "name") {
            "" => "the step".to_owned(),
            name => format!("step `{name}`"),
        }
    }

    fn find_texts(&self) -> Vec<Text<'a>> {
        let mut texts = Vec::new();
        let mut add = |field: TextField, cursor: Option<Cursor<'a>>| {
            let scalar = cursor.and_then(Cursor::scalar);
            let scalar = scalar.filter(|scalar| scalar.text().contains("$("));
            texts.extend(scalar.map(|scalar| Text { field, scalar }));
        };
        add(TextField::Name, self.at.get("name"));
        add(TextField::Image, self.text("image"));
        add(TextField::WorkingDir, self.text("workingDir"));
        add(TextField::Script, self.at.get("script"));
        for (field, list) in [(TextField::Command, "command"), (TextField::Args, "args")] {
            let list = self.list(list);
            for item in list.into_iter().flat_map(Cursor::items) {
                add(field, Some(item));
            }
        }
        for variable in self.env() {
            add(TextField::Env, variable.get("value"));
        }
        for mount in self.mounts() {
            add(TextField::MountName, mount.get("name"));
            add(TextField::Mount, mount.get("mountPath"));
            add(TextField::Mount, mount.get("subPath"));
        }
        add(TextField::OnError, self.at.get("onError"));
        add(TextField::Other, self.text("imagePullPolicy"));
        let sources = self.list("envFrom");
        for source in sources.into_iter().flat_map(Cursor::items) {
            add(TextField::Other, source.get("prefix"));
            for reference in ["configMapRef", "secretRef"] {
                let name = source.get(reference).and_then(|of| of.get("name"));
                add(TextField::Other, name);
            }
        }
        for device in self.merged("volumeDevices", "devicePath") {
            add(TextField::Other, device.get("name"));
            add(TextField::Other, device.get("devicePath"));
        }
        texts
    }
}

/// The paths at which a list mounts volumes.
pub(super) fn mount_paths<'a>(of: Cursor<'a>) -> impl Iterator<Item = (String, Cursor<'a>)> {
    items_of(of, "volumeMounts").map(|mount| (cleaned(text_of(mount, "mountPath")), mount))
}
