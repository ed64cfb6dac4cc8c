//! Events dispatched for real, by the program of the pods.

use super::super::access::Account;
use super::super::deliveries::{container, deliveries};
use super::super::stage::Stage;
use super::workflows::executor;
use anyhow::{Context as _, Result};

/// Every push that the platform builds something of, twice, and one that it knows nothing of.
pub(super) fn dispatch(stage: &mut Stage<'_>, account: &Account) -> Result<()> {
    let (container, ..) = container(stage.objects, "dispatch").context("nothing runs dispatch")?;
    let deliveries = deliveries(stage.objects)?;
    for delivery in &deliveries {
        for time in ["first", "again"] {
            let label = format!("{} of {}, {time}", delivery.repository, delivery.provider);
            let (code, log) = stage.luban(account, &delivery.arguments(container))?;
            let mut error = match code {
                Some(0) => String::new(),
                code => format!("dispatch ended with {code:?}: {log}"),
            };
            for expected in &delivery.runs {
                let runs = stage.runs(expected)?;
                if runs.len() != 1 {
                    error.push_str(&format!("{expected:?} has the runs {runs:?}, not one\n"));
                }
                runs.into_iter().for_each(|run| stage.applied.also(run));
            }
            stage.tried("dispatch", &label, error);
        }
    }
    if let Some(delivery) = deliveries.first() {
        let (code, log) = stage.luban(account, &delivery.of_unknown().arguments(container))?;
        let error = if code == Some(3) {
            String::new()
        } else {
            format!("ended with {code:?}: {log}")
        };
        stage.tried("dispatch", "an unknown repository", error);
    }
    executor(stage, account)
}
