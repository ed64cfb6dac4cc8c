//! A Sensor with what it refers to, found once for all rules.

use luban_api::Object;
use luban_api_argo_events::{
    EventDependency, SensorSpec, Trigger, TriggerParameter, TriggerTemplate,
};
use luban_diagnostic::Place;
use luban_expression::Problem;
use luban_yaml::{Document, Path};

use super::references::{Named, event_source};
use crate::objects::{Entry, Objects};

/// A Sensor, walked.
pub(crate) struct SensorView<'a> {
    pub(crate) objects: &'a Objects,
    pub(crate) entry: &'a Entry,
    pub(crate) spec: &'a SensorSpec,
    /// The path of `spec`.
    pub(crate) path: Path,
    pub(crate) dependencies: Vec<DependencyAt<'a>>,
    /// Its triggers, each followed by the one that starts when it fails.
    pub(crate) triggers: Vec<TriggerAt<'a>>,
    /// Every parameter of every trigger.
    pub(crate) parameters: Vec<ParameterAt<'a>>,
}

/// A dependency and where its events come from.
pub(crate) struct DependencyAt<'a> {
    pub(crate) dependency: &'a EventDependency,
    pub(crate) path: Path,
    /// The EventSource, if it is among the objects.
    pub(crate) source: Option<&'a Entry>,
    /// The field of that EventSource's `spec` that has the event: its type.
    pub(crate) kind: Option<&'static str>,
}

/// A trigger.
pub(crate) struct TriggerAt<'a> {
    pub(crate) trigger: &'a Trigger,
    pub(crate) path: Path,
    /// Whether it starts when another fails.
    pub(crate) is_dead_letter: bool,
}

/// Which list a parameter stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    /// The trigger's own: they change its `template`.
    Template,
    /// Those of the field of this name in a template: they change the object that it makes, or the action itself.
    Action(&'static str),
    /// `payload` of the field of this name: they make a text to send.
    Payload(&'static str),
    /// `dynamicHeaders` of `http`.
    Headers,
}

/// A parameter of a trigger.
pub(crate) struct ParameterAt<'a> {
    pub(crate) parameter: &'a TriggerParameter,
    pub(crate) path: Path,
    pub(crate) list: List,
    /// The place of its trigger in [`SensorView::triggers`].
    pub(crate) trigger: usize,
    /// Whether a parameter of the trigger changes the list that it stands in.
    pub(crate) is_replaced: bool,
}

/// A text that reads an event.
pub(crate) struct Read<'a> {
    /// Where the text stands.
    pub(crate) path: Path,
    pub(crate) text: &'a str,
    /// The dependency whose event it reads.
    pub(crate) dependency: &'a str,
    pub(crate) of: Of,
}

/// What a text reads, and in which language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    /// A path of gjson in the data.
    Data,
    /// A path of gjson in the attributes.
    Context,
    /// A template over the data.
    DataTemplate,
    /// A template over the attributes.
    ContextTemplate,
    /// A template over one value of the data, as a text.
    ValueTemplate,
}

impl<'a> SensorView<'a> {
    /// The view of an entry that is a Sensor.
    pub(crate) fn new(objects: &'a Objects, entry: &'a Entry) -> Option<Self> {
        let Some(Object::Sensor(sensor)) = &entry.object else {
            return None;
        };
        let spec = &sensor.spec;
        let path = entry.path.key("spec");
        let list = path.key("dependencies");
        let dependencies = spec.dependencies.iter().enumerate();
        let dependencies = dependencies.map(|(at, dependency)| {
            let source = event_source(objects, entry, &dependency.event_source_name);
            let source = match source {
                Named::Found(source) => Some(source),
                Named::Missing(_) | Named::Unclear => None,
            };
            let kind = source.and_then(|source| event_type(source, &dependency.event_name));
            DependencyAt {
                dependency,
                path: list.index(at),
                source,
                kind,
            }
        });
        let dependencies = dependencies.collect();
        let mut view = Self {
            objects,
            entry,
            spec,
            dependencies,
            triggers: Vec::new(),
            parameters: Vec::new(),
            path,
        };
        let list = view.path.key("triggers");
        for (at, trigger) in spec.triggers.iter().enumerate() {
            view.add(trigger, list.index(at), false);
        }
        Some(view)
    }

    fn add(&mut self, trigger: &'a Trigger, path: Path, is_dead_letter: bool) {
        let at = self.triggers.len();
        self.add_parameters(at, List::Template, &trigger.parameters, &path, "parameters");
        if let Some(template) = &trigger.template {
            let path = path.key("template");
            for (field, list, parameters) in lists(template) {
                let (action, name) = field;
                self.add_parameters(at, list, parameters, &path.key(action), name);
            }
        }
        let dead_letter = trigger.dlq_trigger.as_deref();
        let below = path.key("dlqTrigger");
        self.triggers.push(TriggerAt {
            trigger,
            path,
            is_dead_letter,
        });
        if let Some(trigger) = dead_letter {
            self.add(trigger, below, true);
        }
    }

    fn add_parameters(
        &mut self,
        trigger: usize,
        list: List,
        parameters: &'a [TriggerParameter],
        path: &Path,
        name: &str,
    ) {
        if parameters.is_empty() {
            return;
        }
        let mut template = self
            .parameters
            .iter()
            .filter(|at| at.trigger == trigger && at.list == List::Template)
            .map(|at| at.parameter.dest.as_str());
        let is_replaced = match list {
            List::Template => false,
            List::Action(action) | List::Payload(action) => {
                template.any(|dest| is_below(dest, action, name))
            }
            List::Headers => template.any(|dest| is_below(dest, "http", name)),
        };
        let path = path.key(name);
        let parameters = parameters.iter().enumerate();
        self.parameters
            .extend(parameters.map(|(at, parameter)| ParameterAt {
                parameter,
                path: path.index(at),
                list,
                trigger,
                is_replaced,
            }));
    }

    pub(crate) fn document(&self) -> &'a Document {
        &self.entry.document
    }

    /// The place of a value.
    pub(crate) fn value(&self, path: &Path) -> Option<Place> {
        self.document().locate(path)
    }

    /// The place of a key, or of the last one on the way to it.
    pub(crate) fn key(&self, path: &Path) -> Option<Place> {
        self.entry.key_or_head(path)
    }

    /// The place of a problem in the text at `path`.
    pub(crate) fn place_in(&self, path: &Path, problem: &Problem) -> Option<Place> {
        let scalar = self.document().scalar(path)?;
        let length = scalar.text().len();
        let start = problem.span.start.min(length);
        let end = problem.span.end.clamp(start, length);
        if start == end {
            return Some(scalar.place());
        }
        Some(scalar.place_of(start..end))
    }

    /// Whether some dependency gets its name later.
    pub(crate) fn has_open_names(&self) -> bool {
        let mut dependencies = self.dependencies.iter();
        dependencies.any(|at| super::is_open(&at.dependency.name))
    }

    /// Every text that reads an event: of filters, then of parameters.
    pub(crate) fn reads(&self) -> Vec<Read<'a>> {
        let mut reads = Vec::new();
        for at in &self.dependencies {
            let Some(filters) = &at.dependency.filters else {
                continue;
            };
            let mut add = |path: Path, text: &'a str, of| {
                if !text.is_empty() {
                    reads.push(Read {
                        path,
                        text,
                        dependency: &at.dependency.name,
                        of,
                    });
                }
            };
            let list = at.path.key("filters").key("data");
            for (index, filter) in filters.data.iter().enumerate() {
                let path = list.index(index);
                add(path.key("path"), &filter.path, Of::Data);
                let template = filter.template.as_deref().unwrap_or_default();
                add(path.key("template"), template, Of::ValueTemplate);
            }
            let list = at.path.key("filters").key("exprs");
            for (index, filter) in filters.exprs.iter().enumerate() {
                let list = list.index(index).key("fields");
                for (index, field) in filter.fields.iter().enumerate() {
                    add(list.index(index).key("path"), &field.path, Of::Data);
                }
            }
        }
        for at in &self.parameters {
            let Some(src) = &at.parameter.src else {
                continue;
            };
            let path = at.path.key("src");
            for (field, text, of) in [
                ("dataKey", &src.data_key, Of::Data),
                ("contextKey", &src.context_key, Of::Context),
                ("dataTemplate", &src.data_template, Of::DataTemplate),
                (
                    "contextTemplate",
                    &src.context_template,
                    Of::ContextTemplate,
                ),
            ] {
                if let Some(text) = text.as_deref().filter(|text| !text.is_empty()) {
                    reads.push(Read {
                        path: path.key(field),
                        text,
                        dependency: &src.dependency_name,
                        of,
                    });
                }
            }
        }
        reads
    }

    /// The dependency of that name: the last, if there are several.
    pub(crate) fn dependency(&self, name: &str) -> Option<&DependencyAt<'a>> {
        let mut dependencies = self.dependencies.iter().rev();
        dependencies.find(|at| at.dependency.name == name)
    }
}

/// The type of the event of that name in an EventSource; none if there is no such event, or several.
fn event_type(source: &Entry, event: &str) -> Option<&'static str> {
    let mut found = super::source::sources(source)
        .into_iter()
        .filter(|source| source.name == event);
    let first = found.next()?;
    found.next().is_none().then_some(first.kind.field)
}

/// Whether a destination in a template leads into a list of parameters, or to all of its action.
fn is_below(dest: &str, action: &str, name: &str) -> bool {
    let Some(rest) = dest.strip_prefix(action) else {
        return false;
    };
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    rest.is_empty() || rest.starts_with(name)
}

type Parameters<'a> = ((&'static str, &'static str), List, &'a [TriggerParameter]);

/// The lists of parameters in a template.
fn lists(template: &TriggerTemplate) -> Vec<Parameters<'_>> {
    let mut lists: Vec<Parameters<'_>> = Vec::new();
    macro_rules! lists {
        ($($field:ident $name:literal: $($part:ident)*;)*) => {
            $(if let Some(action) = &template.$field {
                $(lists!(@$part action, $name);)*
            })*
        };
        (@parameters $action:ident, $name:literal) => {
            lists.push((($name, "parameters"), List::Action($name), &$action.parameters))
        };
        (@payload $action:ident, $name:literal) => {
            lists.push((($name, "payload"), List::Payload($name), &$action.payload))
        };
        (@headers $action:ident, $name:literal) => {
            lists.push((($name, "dynamicHeaders"), List::Headers, &$action.dynamic_headers))
        };
    }
    lists! {
        k8s "k8s": parameters;
        argo_workflow "argoWorkflow": parameters;
        http "http": parameters payload headers;
        aws_lambda "awsLambda": parameters payload;
        azure_event_hubs "azureEventHubs": parameters payload;
        azure_service_bus "azureServiceBus": parameters payload;
        custom "custom": parameters payload;
        email "email": parameters;
        kafka "kafka": parameters payload;
        nats "nats": parameters payload;
        open_whisk "openWhisk": parameters payload;
        pulsar "pulsar": parameters payload;
        slack "slack": parameters;
    }
    lists
}
