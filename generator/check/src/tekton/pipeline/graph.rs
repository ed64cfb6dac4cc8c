//! Which task waits for which.
//!
//! After tektoncd/pipeline v1.15 `pkg/reconciler/pipeline/dag` and `PipelineTask.Deps`: a task waits for those it runs after,
//! and for those whose results it reads, in its parameters, its conditions or the steps that it has in place. Final tasks
//! wait for all others and are in no graph.

use std::collections::{BTreeSet, HashMap};

use super::view::PipelineTask;

/// The graph of the tasks that are not final, by their place in [`super::Pipeline::tasks`].
#[derive(Debug, Default)]
pub(crate) struct Graph {
    /// What each task waits for, in the order in which it says so.
    waits_for: Vec<Vec<usize>>,
    /// One cycle for each group of tasks that wait for each other.
    pub(crate) cycles: Vec<Vec<usize>>,
}

impl Graph {
    pub(crate) fn of(tasks: &[PipelineTask<'_>]) -> Self {
        let mut names: HashMap<&str, usize> = HashMap::new();
        for (at, task) in tasks.iter().enumerate().filter(|(_, task)| !task.is_final) {
            names.entry(task.name).or_insert(at);
        }
        let waits_for = tasks.iter().map(|task| {
            if task.is_final {
                return Vec::new();
            }
            let after = task.run_after.iter().map(String::as_str);
            let named = after.chain(task.results.iter().map(|used| used.result.task));
            let mut found: Vec<usize> = Vec::new();
            let mut seen = BTreeSet::new();
            found.extend(
                named
                    .filter_map(|name| names.get(name).copied())
                    .filter(|at| seen.insert(*at)),
            );
            found
        });
        let mut graph = Self {
            waits_for: waits_for.collect(),
            cycles: Vec::new(),
        };
        graph.cycles = graph.find_cycles();
        graph
    }

    fn before(&self, task: usize) -> impl Iterator<Item = usize> {
        self.waits_for.get(task).into_iter().flatten().copied()
    }

    /// The tasks that never begin, because they wait for each other or for such tasks.
    fn stuck(&self) -> Vec<usize> {
        let count = self.waits_for.len();
        let mut waiting: Vec<usize> = self.waits_for.iter().map(Vec::len).collect();
        let mut after: Vec<Vec<usize>> = vec![Vec::new(); count];
        for task in 0..count {
            for before in self.before(task) {
                after
                    .get_mut(before)
                    .into_iter()
                    .for_each(|after| after.push(task));
            }
        }
        let mut done: Vec<usize> = (0..count)
            .filter(|task| waiting.get(*task) == Some(&0))
            .collect();
        while let Some(task) = done.pop() {
            for next in after.get(task).into_iter().flatten() {
                if let Some(left) = waiting.get_mut(*next) {
                    *left -= 1;
                    if *left == 0 {
                        done.push(*next);
                    }
                }
            }
        }
        (0..count)
            .filter(|task| waiting.get(*task).is_some_and(|left| *left > 0))
            .collect()
    }

    fn find_cycles(&self) -> Vec<Vec<usize>> {
        let stuck = self.stuck();
        let left: BTreeSet<usize> = stuck.iter().copied().collect();
        let mut done: BTreeSet<usize> = BTreeSet::new();
        let mut cycles = Vec::new();
        for start in stuck {
            let mut path: Vec<usize> = Vec::new();
            let mut place: HashMap<usize, usize> = HashMap::new();
            let mut at = start;
            // Each of these tasks waits for another of them, so that a walk along what they wait for comes back.
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
