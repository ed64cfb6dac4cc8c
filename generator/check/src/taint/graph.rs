//! The graph: variables of all objects, what is passed from one to the next, and where their text ends.

use std::collections::{HashMap, HashSet, VecDeque};
use std::ops::Range;

use luban_diagnostic::Place;
use luban_yaml::Value;

/// Where a text is more than data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Use {
    /// It is part of a program, in this language.
    Script(&'static str),
    /// It is part of an object's text.
    Manifest,
    /// It says which image runs.
    Image,
    /// It says from where or to where something is fetched or sent.
    Url,
    /// It is a word of a command that may be an option.
    Option,
    /// It is part of an expression.
    Expression,
    /// It is part of a path.
    Path,
    /// It says as whom something runs, or what it may read.
    Identity,
}

/// A variable: a parameter of what stands at `scope` in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Variable<'a> {
    document: usize,
    scope: u32,
    name: &'a str,
}

impl<'a> Variable<'a> {
    pub(super) fn new(scope: Value<'a>, name: &'a str) -> Self {
        let (document, scope) = key(scope);
        Self {
            document,
            scope,
            name,
        }
    }
}

/// What tells a value from all others of all documents.
pub(super) type Key = (usize, u32);

pub(super) fn key(value: Value<'_>) -> Key {
    (std::ptr::from_ref(value.document()) as usize, value.id())
}

/// A stretch of a scalar, or all of a value.
#[derive(Debug, Clone)]
pub(super) struct Stretch<'a> {
    pub(super) value: Value<'a>,
    pub(super) bytes: Option<Range<usize>>,
}

impl<'a> Stretch<'a> {
    pub(super) fn whole(value: Value<'a>) -> Self {
        Self { value, bytes: None }
    }

    pub(super) fn of(value: Value<'a>, bytes: Range<usize>) -> Self {
        Self {
            value,
            bytes: Some(bytes),
        }
    }

    pub(super) fn place(&self) -> Place {
        match (&self.bytes, self.value.scalar()) {
            (Some(bytes), Some(scalar)) => scalar.place_of(bytes.clone()),
            _ => self.value.place(),
        }
    }

    fn text(&self) -> &'a str {
        let text = self.value.text().unwrap_or_default();
        match &self.bytes {
            Some(bytes) => text.get(bytes.clone()).unwrap_or_default(),
            None => text,
        }
    }
}

/// One step of the way: parameter `name` of `of` is made of a variable at `at`.
#[derive(Debug, Clone)]
pub(super) struct Hop<'a> {
    pub(super) at: Stretch<'a>,
    pub(super) name: &'a str,
    pub(super) of: &'a str,
}

/// Where outside text enters.
#[derive(Debug, Clone)]
pub(super) struct Source<'a> {
    /// Where it is read.
    pub(super) at: Stretch<'a>,
    /// What it is: ``body.ref``.
    pub(super) what: String,
    /// The first parameter that has it, and of what it is one.
    pub(super) into: Option<(&'a str, &'a str)>,
    /// Whether an event brings it; else a caller does.
    pub(super) is_event: bool,
}

/// What a source comes to first.
#[derive(Debug, Clone)]
pub(super) enum First<'a> {
    Variable(Variable<'a>),
    /// A sink without any variable between: the field that is set.
    Field(Use, Value<'a>),
}

#[derive(Debug, Default)]
pub(super) struct Graph<'a> {
    edges: HashMap<Variable<'a>, Vec<(Variable<'a>, Hop<'a>)>>,
    /// Scopes whose variables are those of the same name in others: workflows and the objects whose templates they run.
    shared: HashMap<Key, Vec<Value<'a>>>,
    sinks: HashMap<Variable<'a>, Vec<(Use, Stretch<'a>)>>,
    pub(super) sources: Vec<(First<'a>, Source<'a>)>,
    /// Which variable a field sets.
    pub(super) arguments: HashMap<Key, (Variable<'a>, &'a str, &'a str)>,
    /// Which sink a field is.
    pub(super) fields: HashMap<Key, Use>,
    /// Documents that are there to be referred to.
    pub(super) apart: HashSet<usize>,
}

/// Outside text that reaches a sink.
#[derive(Debug)]
pub(crate) struct Flow {
    pub(crate) used_as: Use,
    /// The variable in the sink, or the field that is set.
    pub(crate) place: Place,
    /// All of the text that it stands in.
    pub(crate) text: Place,
    /// What comes in: ``body.ref``.
    pub(crate) what: String,
    pub(crate) is_event: bool,
    /// The way, from where it enters.
    pub(crate) way: Vec<(String, Place)>,
    /// Where the same variable stands in the same text again.
    pub(crate) again: Vec<Place>,
}

/// How a variable is reached.
struct Reached<'a> {
    source: usize,
    from: Option<(Variable<'a>, Hop<'a>)>,
}

impl<'a> Graph<'a> {
    pub(super) fn edge(&mut self, from: Variable<'a>, to: Variable<'a>, hop: Hop<'a>) {
        if from != to {
            self.edges.entry(from).or_default().push((to, hop));
        }
    }

    pub(super) fn share(&mut self, from: Value<'a>, with: Value<'a>) {
        if key(from) != key(with) {
            self.shared.entry(key(from)).or_default().push(with);
        }
    }

    pub(super) fn sink(&mut self, from: Variable<'a>, sink: Use, at: Stretch<'a>) {
        self.sinks.entry(from).or_default().push((sink, at));
    }

    /// What reaches sinks, by the shortest way, in the order of the sources: what events bring first.
    pub(super) fn flows(&self) -> Vec<Flow> {
        let mut reached: HashMap<Variable<'a>, Reached<'a>> = HashMap::new();
        let mut flows = Flows::default();
        for is_event in [true, false] {
            let mut queue = VecDeque::new();
            for (at, (first, source)) in self.sources.iter().enumerate() {
                if source.is_event != is_event {
                    continue;
                }
                match first {
                    First::Field(sink, field) => {
                        flows.push(self, *sink, &source.at, source, Vec::new(), Some(*field))
                    }
                    First::Variable(variable) => {
                        if !reached.contains_key(variable) {
                            let start = Reached {
                                source: at,
                                from: None,
                            };
                            reached.insert(*variable, start);
                            queue.push_back(*variable);
                        }
                    }
                }
            }
            while let Some(variable) = queue.pop_front() {
                let Some(source) = reached.get(&variable).map(|it| it.source) else {
                    continue;
                };
                for (sink, at) in self.sinks.get(&variable).into_iter().flatten() {
                    let Some((_, from)) = self.sources.get(source) else {
                        continue;
                    };
                    let way = way(&reached, variable, from);
                    flows.push(self, *sink, at, from, way, None);
                }
                let edges = self.edges.get(&variable).into_iter().flatten();
                for (to, hop) in edges {
                    if !reached.contains_key(to) {
                        let from = Some((variable, hop.clone()));
                        reached.insert(*to, Reached { source, from });
                        queue.push_back(*to);
                    }
                }
                let shared = self.shared.get(&(variable.document, variable.scope));
                for scope in shared.into_iter().flatten() {
                    let to = Variable::new(*scope, variable.name);
                    if !reached.contains_key(&to) {
                        let from = reached.get(&variable).and_then(|it| it.from.clone());
                        reached.insert(to, Reached { source, from });
                        queue.push_back(to);
                    }
                }
            }
        }
        flows.found
    }
}

/// The way to a variable, from where its text enters.
fn way<'a>(
    reached: &HashMap<Variable<'a>, Reached<'a>>,
    variable: Variable<'a>,
    source: &Source<'a>,
) -> Vec<(Stretch<'a>, String)> {
    let mut way = Vec::new();
    let mut at = variable;
    while let Some(Reached {
        from: Some((before, hop)),
        ..
    }) = reached.get(&at)
    {
        way.push((
            hop.at.clone(),
            format!("passed on here as `{}` of {}", hop.name, hop.of),
        ));
        at = *before;
    }
    if source.is_event {
        let first = match source.into {
            Some((name, of)) => format!(
                "`{}` of the event becomes `{name}` of {of} here",
                source.what
            ),
            None => format!("`{}` of the event comes in here", source.what),
        };
        way.push((source.at.clone(), first));
    } else if !way.is_empty() {
        way.push((
            source.at.clone(),
            format!("whoever runs this sets `{}`", source.what),
        ));
    }
    way.reverse();
    way
}

/// The flows so far, one for each variable in each text.
#[derive(Default)]
struct Flows {
    found: Vec<Flow>,
    known: HashMap<(Use, Key, String), usize>,
}

impl Flows {
    fn push<'a>(
        &mut self,
        graph: &Graph<'a>,
        sink: Use,
        at: &Stretch<'a>,
        source: &Source<'a>,
        mut way: Vec<(Stretch<'a>, String)>,
        field: Option<Value<'a>>,
    ) {
        let is_apart = |stretch: &Stretch<'a>| graph.apart.contains(&key(stretch.value).0);
        let variable = at.text().to_owned();
        let name = (sink, key(at.value), variable.clone());
        if let Some(known) = self.known.get(&name) {
            if let Some(flow) = self.found.get_mut(*known).filter(|_| field.is_none()) {
                let place = at.place();
                if flow.place != place && !flow.again.contains(&place) {
                    flow.again.push(place);
                }
            }
            return;
        }
        // What is only given to be referred to is not checked itself: it is said where it is reached from.
        let mut place = at.clone();
        while is_apart(&place) {
            let Some((before, _)) = way.pop() else { return };
            place = before;
        }
        self.known.insert(name, self.found.len());
        let mut way: Vec<_> = way
            .into_iter()
            .map(|(at, says)| (says, at.place()))
            .collect();
        if let Some(field) = field {
            way.push(("it is put into this field".to_owned(), field.place()));
        }
        self.found.push(Flow {
            used_as: sink,
            place: place.place(),
            text: at.value.place(),
            what: source.what.clone(),
            is_event: source.is_event,
            way,
            again: Vec::new(),
        });
    }
}
