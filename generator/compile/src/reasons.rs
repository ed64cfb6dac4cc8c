//! Why numbers that all objects of a kind have are what they are, for whoever reads the YAML. What one object alone has, it
//! says itself.

use crate::labels::REASON;
use luban_api_core::ObjectMeta;

/// Adds the reason of `kind`, after the object's own if it has one.
pub(crate) fn add(kind: &str, metadata: &mut ObjectMeta) {
    let Some(reason) = of(kind) else {
        return;
    };
    let annotations = metadata.annotations.get_or_insert_default();
    match annotations.get_mut(REASON) {
        Some(own) => own.extend(["; ", reason]),
        None => {
            annotations.insert(REASON.to_owned(), reason.to_owned());
        }
    }
}

/// The reason of a kind's numbers.
fn of(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "Application" => {
            "retry lasts about twenty minutes, in which namespaces and webhooks of a new cluster come up"
        }
        "ClusterQueue" => {
            "as much as the quota of the build namespace has, `quota` of the project: a run beyond it would be admitted and \
             its pods refused"
        }
        "CronWorkflow" => {
            "daily, before the working day, and not on the hour, when everybody's jobs start; a controller that was down makes \
             up for it for an hour; history limits are `runs.keep`"
        }
        "EventSource" => {
            "two replicas: a node may fail, and providers do not all send an event again; maxPayloadSize is \
             `events.maxPayloadBytes`; memory beside the program's 128Mi is 16 of the largest body, as about five copies of \
             an event are held, and three events at a time"
        }
        "ExternalSecret" => {
            "refreshInterval, `secrets.externalSecrets.refresh`, is how long a rotated value takes to arrive"
        }
        "LimitRange" => {
            "for containers that say nothing, such as those that Tekton and kpack add to a pod: under a quota they would be \
             refused; the limit is what the export of a large image needs"
        }
        "Pipeline" => {
            "a task's timeout is its work's and the time until its pod runs, which may need a new node; together they fit into \
             the run's"
        }
        "PodDisruptionBudget" => "a drain takes one pod at a time, and the others serve meanwhile",
        "Sensor" => {
            "two replicas: a node may fail; retryStrategy lasts half a minute, in which an API server restarts; rateLimit is \
             what scheduler and workflow controller keep up with, a pod for each, and a burst waits on the bus; one old \
             revision, as Git has the others"
        }
        "Task" => {
            "resources are by what a step holds: answers of an API, a clone or a plan, a scanner's database; no limit of CPU, \
             as throttling only makes builds slow"
        }
        _ => return None,
    })
}
