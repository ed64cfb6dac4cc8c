//! What rules look at of one object, each made when the first rule looks at it.

use std::cell::OnceCell;

use crate::argo;
use crate::argo_events::SensorView;
use crate::definitions::Refused;
use crate::objects::{Entry, Objects};
use crate::options::Options;
use crate::references::References;
use crate::rule::{Check, Rule, Subject};
use crate::sink::Sink;
use crate::surface::Surface;
use crate::tasks::Tasks;
use crate::tekton;
use crate::tekton::pipeline::Pipelines;

/// A view that is made once, if the object is one that it is made of.
type Once<V> = OnceCell<Option<V>>;

/// One object, in every way that rules look at it.
pub(crate) struct Views<'a> {
    objects: &'a Objects,
    position: usize,
    entry: &'a Entry,
    options: &'a Options,
    workflow: Once<argo::View<'a>>,
    refused: OnceCell<Vec<Refused>>,
    sensor: Once<SensorView<'a>>,
    tekton: Once<tekton::View<'a>>,
    pipelines: Once<Pipelines<'a>>,
    references: Once<References<'a>>,
    tasks: Once<Tasks<'a>>,
    surface: Once<Surface<'a>>,
}

impl<'a> Views<'a> {
    /// The views of the object at `position`.
    pub(crate) fn new(objects: &'a Objects, position: usize, options: &'a Options) -> Option<Self> {
        Some(Self {
            objects,
            position,
            entry: objects.entries().get(position)?,
            options,
            workflow: OnceCell::new(),
            refused: OnceCell::new(),
            sensor: OnceCell::new(),
            tekton: OnceCell::new(),
            pipelines: OnceCell::new(),
            references: OnceCell::new(),
            tasks: OnceCell::new(),
            surface: OnceCell::new(),
        })
    }

    /// Lets a rule look, if it looks at such an object. One that another object makes later is seen by those only that look at what
    /// it will do.
    pub(crate) fn show(&self, rule: &Rule, sink: &mut Sink<'_>) {
        let (objects, entry, options) = (self.objects, self.entry, self.options);
        let is_wanted = rule.kinds.is_empty() || rule.kinds.contains(&entry.name.kind.as_str());
        let is_for_later = matches!(rule.check, Check::Surface(_));
        let is_looked_at = !entry.is_patch && (!entry.is_template || is_for_later);
        if !is_wanted || !is_looked_at {
            return;
        }
        let subject = Subject {
            objects,
            entry,
            position: self.position,
            refused: &self.refused,
        };
        match &rule.check {
            Check::Object(check) => check(&subject, sink),
            Check::Perhaps(check) => check(&subject, self.workflow(), sink),
            Check::Workflow(check) => with(self.workflow(), sink, check),
            Check::Sensor(check) => with(
                self.sensor
                    .get_or_init(|| SensorView::new(objects, entry))
                    .as_ref(),
                sink,
                check,
            ),
            Check::Tekton(check) => with(
                self.tekton
                    .get_or_init(|| tekton::View::new(entry, options))
                    .as_ref(),
                sink,
                check,
            ),
            Check::Pipeline(check) => with(
                self.pipelines
                    .get_or_init(|| Pipelines::new(objects, entry, options))
                    .as_ref(),
                sink,
                check,
            ),
            Check::References(check) => with(
                self.references
                    .get_or_init(|| References::new(objects, self.position, options))
                    .as_ref(),
                sink,
                check,
            ),
            Check::Tasks(check) => {
                with(
                    self.tasks
                        .get_or_init(|| Tasks::new(objects, self.position))
                        .as_ref(),
                    sink,
                    check,
                );
            }
            Check::Surface(check) => with(
                self.surface
                    .get_or_init(|| Surface::new(objects, entry))
                    .as_ref(),
                sink,
                check,
            ),
            Check::Reading
            | Check::Comments
            | Check::Elsewhere
            | Check::Flows(_)
            | Check::All(_) => {}
        }
    }
}

impl<'a> Views<'a> {
    fn workflow(&self) -> Option<&argo::View<'a>> {
        let made = self
            .workflow
            .get_or_init(|| argo::View::new(self.objects, self.position, self.options));
        made.as_ref()
    }
}

fn with<V>(view: Option<&V>, sink: &mut Sink<'_>, check: impl Fn(&V, &mut Sink<'_>)) {
    if let Some(view) = view {
        check(view, sink);
    }
}
