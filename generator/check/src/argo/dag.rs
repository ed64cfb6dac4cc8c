//! What the tasks of a DAG depend on (`workflow/common/ancestry.go`).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::LazyLock;

use luban_api_argo_workflows::DAGTask;
use regex::Regex;

/// How a task names another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dependency {
    /// The other's name.
    pub(crate) name: String,
    /// Whether it asks for a result that only loops have.
    pub(crate) of_items: Option<&'static str>,
    /// Where: in `depends`, these bytes; in `dependencies`, this item.
    pub(crate) at: At,
}

/// Where a dependency is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum At {
    Depends(Range<usize>),
    Dependencies(usize),
}

/// The tasks of a DAG, by their position.
#[derive(Debug, Default)]
pub(crate) struct Dag {
    /// Names after substitution.
    pub(crate) names: Vec<String>,
    pub(crate) by_name: HashMap<String, usize>,
    /// What each task names, in the order in which it is written.
    pub(crate) dependencies: Vec<Vec<Dependency>>,
    /// The tasks, each after those that it depends on; of a cycle, in the order in which they are written.
    pub(crate) order: Vec<usize>,
    /// Tasks that depend on themselves, each cycle as a path from a task to what it depends on.
    pub(crate) cycles: Vec<Vec<usize>>,
}

#[allow(clippy::expect_used, reason = "constants")]
static TASK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"([a-zA-Z0-9][-a-zA-Z0-9]*?\.[A-Z][a-zA-Z]+)|([a-zA-Z0-9][-a-zA-Z0-9]*)")
        .expect("a valid expression")
});

/// Every `task.Result` of a `depends`: the bytes of the result, and its text.
pub(crate) fn task_results(depends: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    TASK.captures_iter(depends).filter_map(|found| {
        let found = found.get(1)?;
        let (name, result) = found.as_str().split_once('.')?;
        let start = found.start() + name.len() + 1;
        Some((start..found.end(), result))
    })
}

impl Dag {
    pub(crate) fn new<'a>(tasks: &'a [DAGTask], resolve: impl Fn(&'a str) -> Cow<'a, str>) -> Self {
        let mut dag = Self::default();
        for (at, task) in tasks.iter().enumerate() {
            let name = resolve(&task.name).into_owned();
            dag.by_name.entry(name.clone()).or_insert(at);
            dag.names.push(name);
            let depends = task
                .depends
                .as_deref()
                .filter(|depends| !depends.is_empty());
            dag.dependencies.push(match depends {
                Some(depends) => of_depends(&resolve(depends)),
                None => {
                    let names = task.dependencies.iter().enumerate();
                    names
                        .map(|(item, name)| Dependency {
                            name: resolve(name).into_owned(),
                            of_items: None,
                            at: At::Dependencies(item),
                        })
                        .collect()
                }
            });
        }
        dag.sort();
        dag
    }

    /// Tasks whose names are as they are written.
    pub(crate) fn of_names(tasks: &[DAGTask]) -> Self {
        Self::new(tasks, Cow::Borrowed)
    }

    /// Positions of the tasks that a task names and that exist.
    pub(crate) fn before(&self, task: usize) -> impl Iterator<Item = usize> {
        let named = self.dependencies.get(task).into_iter().flatten();
        named.filter_map(|dependency| self.by_name.get(&dependency.name).copied())
    }

    /// Names of all tasks that are done before a task.
    pub(crate) fn ancestors(&self, task: usize) -> BTreeSet<&str> {
        let mut seen = BTreeSet::from([task]);
        let mut names = BTreeSet::new();
        let mut pending: Vec<usize> = self.before(task).collect();
        while let Some(next) = pending.pop() {
            if seen.insert(next) {
                names.extend(self.names.get(next).map(String::as_str));
                pending.extend(self.before(next));
            }
        }
        names
    }

    fn sort(&mut self) {
        let count = self.names.len();
        let mut waiting: Vec<usize> = Vec::with_capacity(count);
        let mut after: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for task in 0..count {
            let before: BTreeSet<usize> = self.before(task).collect();
            waiting.push(before.len());
            for other in before {
                after.entry(other).or_default().push(task);
            }
        }
        let mut order: Vec<usize> = (0..count).filter(|task| waiting[*task] == 0).collect();
        let mut next = 0;
        while let Some(done) = order.get(next).copied() {
            next += 1;
            for task in after.get(&done).into_iter().flatten() {
                if let Some(left) = waiting.get_mut(*task) {
                    *left -= 1;
                    if *left == 0 {
                        order.push(*task);
                    }
                }
            }
        }
        let rest: Vec<usize> = (0..count).filter(|task| waiting[*task] > 0).collect();
        self.cycles = self.find_cycles(&rest);
        order.extend(rest);
        self.order = order;
    }

    /// One cycle for each group of tasks that wait for each other.
    fn find_cycles(&self, rest: &[usize]) -> Vec<Vec<usize>> {
        let left: BTreeSet<usize> = rest.iter().copied().collect();
        let mut done: BTreeSet<usize> = BTreeSet::new();
        let mut cycles = Vec::new();
        for start in rest {
            let mut path: Vec<usize> = Vec::new();
            let mut place: HashMap<usize, usize> = HashMap::new();
            let mut at = *start;
            // Each of these tasks waits for another of them, so a walk along what they wait for comes back.
            while !done.contains(&at) {
                if let Some(from) = place.get(&at) {
                    cycles.push(path.get(*from..).unwrap_or_default().to_vec());
                    break;
                }
                place.insert(at, path.len());
                path.push(at);
                match self.before(at).find(|task| left.contains(task)) {
                    Some(task) => at = task,
                    None => break,
                }
            }
            done.extend(path);
        }
        cycles
    }
}

fn of_depends(depends: &str) -> Vec<Dependency> {
    let mut found: Vec<Dependency> = Vec::new();
    for captures in TASK.captures_iter(depends) {
        let (name, result, start) = match (captures.get(1), captures.get(2)) {
            (Some(both), _) => match both.as_str().split_once('.') {
                Some((name, result)) => (name, result, both.start()),
                None => continue,
            },
            (None, Some(name)) => (name.as_str(), "", name.start()),
            (None, None) => continue,
        };
        let of_items = match result {
            "AnySucceeded" => Some("AnySucceeded"),
            "AllFailed" => Some("AllFailed"),
            _ => None,
        };
        let at = At::Depends(start..start + name.len());
        match found.iter_mut().find(|known| known.name == name) {
            Some(known) => {
                if of_items.is_some() {
                    *known = Dependency {
                        name: name.to_owned(),
                        of_items,
                        at,
                    };
                }
            }
            None => found.push(Dependency {
                name: name.to_owned(),
                of_items,
                at,
            }),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(name: &str, depends: &str) -> DAGTask {
        DAGTask {
            name: name.to_owned(),
            depends: Some(depends.to_owned()),
            ..DAGTask::default()
        }
    }

    #[test]
    fn tasks_come_after_what_they_depend_on() {
        let tasks = [
            task("c", "a.Succeeded && b"),
            task("b", "a || a.Failed"),
            task("a", ""),
        ];
        let dag = Dag::new(&tasks, Cow::Borrowed);
        assert_eq!(dag.order, [2, 1, 0]);
        assert_eq!(dag.ancestors(0).into_iter().collect::<Vec<_>>(), ["a", "b"]);
        assert!(dag.cycles.is_empty());
    }

    #[test]
    fn a_cycle_is_found_once() {
        let tasks = [
            task("d", "a"),
            task("a", "b"),
            task("b", "c"),
            task("c", "a"),
        ];
        let dag = Dag::new(&tasks, Cow::Borrowed);
        assert_eq!(dag.cycles, [vec![1, 2, 3]]);
    }

    #[test]
    fn names_in_an_expression_have_their_place() {
        let found = of_depends("!(a-1.AnySucceeded) && b");
        assert_eq!(found[0].name, "a-1");
        assert_eq!(found[0].of_items, Some("AnySucceeded"));
        assert_eq!(found[0].at, At::Depends(2..5));
        assert_eq!(found[1].name, "b");
    }
}
