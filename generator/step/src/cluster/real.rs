//! The API of a real cluster.

mod observe;

use std::future::{Future, pending};
use std::pin::pin;
use std::time::Duration;

use futures_util::future::{Either, select};
use kube::api::{DynamicObject, Patch, PatchParams, PostParams};
use kube::core::{ApiResource, GroupVersionKind, ObjectMeta};
use kube::{Api, Client, Config};
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};

use super::{Cluster, ClusterError, Created, Objects, Place, Stacks};
use crate::http::certificate_fault;
use crate::signals::Stop;

/// Who the fields of objects belong to that are made or changed here.
const FIELD_MANAGER: &str = "luban";
/// A call, with its answer.
const TIMEOUT: Duration = Duration::from_secs(30);
/// How often one looks whether the pod is asked to stop.
const GLANCE: Duration = Duration::from_millis(100);
/// Pauses before a call is made again that the API was not well for.
const PAUSES: [Duration; 4] = [
    Duration::from_millis(500),
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(4),
];

/// A cluster, spoken to as the pod's ServiceAccount, or as a kubeconfig says.
pub(crate) struct KubeCluster {
    runtime: Runtime,
    client: Client,
    namespace: String,
    stop: Stop,
}

impl KubeCluster {
    /// The cluster that this pod runs in, or that `KUBECONFIG` points to; it is asked nothing more once the pod is to `stop`.
    pub(crate) fn connect(stop: &Stop) -> Result<Self, ClusterError> {
        let none = |why: String| ClusterError::NoCluster(why);
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| none(error.to_string()))?;
        let config = runtime.block_on(Config::infer());
        let config = config.map_err(|error| none(error.to_string()))?;
        Self::with(runtime, config, stop)
    }

    /// The cluster behind a URL that asks for no credentials, for tests.
    #[cfg(test)]
    pub(crate) fn at(url: &str, namespace: &str, stop: &Stop) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let mut config = Config::new(url.parse().unwrap());
        namespace.clone_into(&mut config.default_namespace);
        Self::with(runtime, config, stop).unwrap()
    }

    /// The cluster of a configuration.
    fn with(runtime: Runtime, mut config: Config, stop: &Stop) -> Result<Self, ClusterError> {
        let none = |why: String| ClusterError::NoCluster(why);
        config.connect_timeout = Some(Duration::from_secs(10));
        let namespace = config.default_namespace.clone();
        let client = {
            let _guard = runtime.enter();
            Client::try_from(config).map_err(|error| none(error.to_string()))?
        };
        Ok(Self {
            runtime,
            client,
            namespace,
            stop: stop.clone(),
        })
    }

    /// What comes of `future` within `limit`; none if nothing does.
    ///
    /// # Errors
    /// When the pod is asked to stop meanwhile.
    fn within<T>(
        &self,
        operation: &str,
        limit: Duration,
        future: impl Future<Output = T>,
    ) -> Result<Option<T>, ClusterError> {
        let stopped = async {
            while !self.stop.is_asked() {
                tokio::time::sleep(GLANCE).await;
            }
        };
        self.runtime.block_on(async {
            let (stopped, future) = (pin!(stopped), pin!(tokio::time::timeout(limit, future)));
            match select(stopped, future).await {
                Either::Left(_) => Err(ClusterError::Stopped {
                    operation: operation.to_owned(),
                }),
                Either::Right((answer, _)) => Ok(answer.ok()),
            }
        })
    }

    fn api(&self, api_version: &str, kind: &str, namespace: &str) -> Api<DynamicObject> {
        let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
        let resource = ApiResource::from_gvk(&GroupVersionKind::gvk(group, version, kind));
        match namespace {
            "" => Api::all_with(self.client.clone(), &resource),
            namespace => Api::namespaced_with(self.client.clone(), namespace, &resource),
        }
    }

    fn objects(&self, place: &Place) -> Api<DynamicObject> {
        self.api(place.api_version, place.kind, &place.namespace)
    }

    /// Makes a call, again while the API is not well.
    fn call<T, F: Future<Output = kube::Result<T>>>(
        &self,
        operation: &str,
        call: impl Fn() -> F,
    ) -> Result<T, ClusterError> {
        let mut pauses = PAUSES.iter();
        loop {
            let error = match self.within(operation, TIMEOUT, call())? {
                Some(Ok(value)) => return Ok(value),
                Some(Err(error)) => error_of(operation, error),
                None => ClusterError::Unreachable {
                    operation: operation.to_owned(),
                    why: format!("no answer in {} s", TIMEOUT.as_secs()),
                },
            };
            let pause = pauses
                .next()
                .filter(|_| matches!(error, ClusterError::Unreachable { .. }));
            let Some(pause) = pause else {
                return Err(error);
            };
            self.within(operation, *pause, pending::<()>())?;
        }
    }
}

impl Objects for KubeCluster {
    fn namespace(&self) -> &str {
        &self.namespace
    }

    fn get(&self, place: &Place, name: &str) -> Result<Option<Value>, ClusterError> {
        let operation = format!("read {}", named(place, name));
        let api = self.objects(place);
        let found = self.call(&operation, || api.get_opt(name))?;
        found.map(|object| whole(&operation, &object)).transpose()
    }
}

impl Stacks for KubeCluster {
    fn merge(&self, place: &Place, name: &str, patch: &Value) -> Result<(), ClusterError> {
        let operation = format!("change {}", named(place, name));
        let api = self.objects(place);
        let parameters = PatchParams {
            field_manager: Some(FIELD_MANAGER.to_owned()),
            ..PatchParams::default()
        };
        let patch = Patch::Merge(patch);
        self.call(&operation, || api.patch(name, &parameters, &patch))?;
        Ok(())
    }
}

impl Cluster for KubeCluster {
    fn create(&self, object: &Value) -> Result<Created, ClusterError> {
        let text = |path: &str| {
            object
                .pointer(path)
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        let (api_version, kind) = (text("/apiVersion"), text("/kind"));
        let (namespace, name) = (text("/metadata/namespace"), text("/metadata/name"));
        let operation = format!("create {kind} `{namespace}/{name}`");
        let refused = |why: String| ClusterError::Refused {
            operation: operation.clone(),
            why,
        };
        let mut whole: DynamicObject =
            serde_json::from_value(object.clone()).map_err(|error| refused(error.to_string()))?;
        whole.metadata = ObjectMeta {
            managed_fields: None,
            ..whole.metadata
        };
        let api = self.api(api_version, kind, namespace);
        let parameters = PostParams {
            field_manager: Some(FIELD_MANAGER.to_owned()),
            ..PostParams::default()
        };
        let created = self.call(&operation, || async {
            match api.create(&parameters, &whole).await {
                Ok(_) => Ok(Created::New),
                // Of a call that was made twice, too: its answer was lost.
                Err(kube::Error::Api(status)) if status.reason == "AlreadyExists" => {
                    Ok(Created::AlreadyThere)
                }
                Err(error) => Err(error),
            }
        })?;
        Ok(created)
    }
}

/// An object's kind and name, for messages.
fn named(place: &Place, name: &str) -> String {
    match place.namespace.as_str() {
        "" => format!("{} `{name}`", place.kind),
        namespace => format!("{} `{namespace}/{name}`", place.kind),
    }
}

fn whole(operation: &str, object: &DynamicObject) -> Result<Value, ClusterError> {
    serde_json::to_value(object).map_err(|error| ClusterError::Refused {
        operation: operation.to_owned(),
        why: error.to_string(),
    })
}

fn error_of(operation: &str, error: kube::Error) -> ClusterError {
    let operation = operation.to_owned();
    match error {
        kube::Error::Api(status) => {
            let why = status.message.clone();
            match status.code {
                401 => ClusterError::Unknown { operation, why },
                403 => ClusterError::Forbidden { operation, why },
                429 | 500..=599 => ClusterError::Unreachable { operation, why },
                _ => ClusterError::Refused { operation, why },
            }
        }
        error => match certificate_fault(&error) {
            Some(why) => ClusterError::Untrusted { operation, why },
            None => ClusterError::Unreachable {
                operation,
                why: error.to_string(),
            },
        },
    }
}
