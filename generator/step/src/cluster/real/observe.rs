//! Watches and logs of a real cluster.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use futures_util::{AsyncBufRead, AsyncBufReadExt as _, Stream, StreamExt as _};
use k8s_openapi::jiff::Timestamp;
use kube::Api;
use kube::api::{
    DynamicObject, ListParams, LogParams, Patch, PatchParams, ValidationDirective, WatchEvent,
    WatchParams,
};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::{FIELD_MANAGER, KubeCluster, error_of, whole};
use crate::cluster::observe::{Change, Changes, Listed, Log, Observe, Piece, Which};
use crate::cluster::{ClusterError, Place};

/// A watch or a log has begun after so long, or it is tried again.
const OPENING: Duration = Duration::from_secs(15);
/// The API ends a watch after so many seconds: a connection that died without a word is noticed then.
const WATCH_SECONDS: u32 = 120;
/// So much of a log is handed on at once.
const LARGEST_PIECE: usize = 64 << 10;

impl KubeCluster {
    /// Begins a stream, once: whoever waits tries again.
    fn begin<T>(
        &self,
        operation: &str,
        stream: impl Future<Output = kube::Result<T>>,
    ) -> Result<kube::Result<T>, ClusterError> {
        let answer = self.within(operation, OPENING, stream)?;
        answer.ok_or_else(|| ClusterError::Unreachable {
            operation: operation.to_owned(),
            why: format!("no answer in {} s", OPENING.as_secs()),
        })
    }
}

impl Observe for KubeCluster {
    fn apply(&self, object: &Value) -> Result<Value, ClusterError> {
        let text = |path: &str| {
            object
                .pointer(path)
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        let (namespace, name) = (text("/metadata/namespace"), text("/metadata/name"));
        let kind = text("/kind");
        let operation = format!("apply {kind} `{namespace}/{name}`");
        let api = self.api(text("/apiVersion"), kind, namespace);
        // What another manager has set in these fields gives way: the object has one owner, and it is this one.
        let parameters = PatchParams {
            force: true,
            field_manager: Some(FIELD_MANAGER.to_owned()),
            field_validation: Some(ValidationDirective::Strict),
            ..PatchParams::default()
        };
        let patch = Patch::Apply(object);
        let applied = self.call(&operation, || api.patch(name, &parameters, &patch))?;
        whole(&operation, &applied)
    }

    fn annotate(
        &self,
        place: &Place,
        name: &str,
        (key, value): (&str, &str),
    ) -> Result<bool, ClusterError> {
        let operation = format!("annotate {} `{}/{name}`", place.kind, place.namespace);
        let api = self.objects(place);
        let patch = json!({"metadata": {"annotations": {key: value}}});
        let parameters = PatchParams {
            field_manager: Some(FIELD_MANAGER.to_owned()),
            ..PatchParams::default()
        };
        self.call(&operation, || async {
            match api.patch(name, &parameters, &Patch::Merge(&patch)).await {
                Ok(_) => Ok(true),
                Err(kube::Error::Api(status)) if status.code == 404 => Ok(false),
                Err(error) => Err(error),
            }
        })
    }

    fn list(&self, place: &Place, which: &Which) -> Result<Listed, ClusterError> {
        let operation = format!("list {}s of `{}`", place.kind, place.namespace);
        let api = self.objects(place);
        let parameters = match which {
            Which::Named(name) => ListParams::default().fields(&format!("metadata.name={name}")),
            Which::Labelled(key, value) => ListParams::default().labels(&format!("{key}={value}")),
        };
        let list = self
            .begin(&operation, api.list(&parameters))?
            .map_err(|error| error_of(&operation, error))?;
        let objects = list.items.iter().map(|object| whole(&operation, object));
        Ok(Listed {
            objects: objects.collect::<Result<_, _>>()?,
            version: list.metadata.resource_version.clone().unwrap_or_default(),
        })
    }

    fn watch(
        &self,
        place: &Place,
        which: &Which,
        version: &str,
    ) -> Result<Option<Box<dyn Changes + '_>>, ClusterError> {
        let operation = format!("watch {}s of `{}`", place.kind, place.namespace);
        let api = self.objects(place);
        let parameters = WatchParams::default().timeout(WATCH_SECONDS);
        let parameters = match which {
            Which::Named(name) => parameters.fields(&format!("metadata.name={name}")),
            Which::Labelled(key, value) => parameters.labels(&format!("{key}={value}")),
        };
        match self.begin(&operation, api.watch(&parameters, version))? {
            Ok(stream) => Ok(Some(Box::new(KubeChanges {
                runtime: &self.runtime,
                operation,
                stream: Box::pin(stream),
            }))),
            Err(kube::Error::Api(status)) if status.code == 410 => Ok(None),
            Err(error) => Err(error_of(&operation, error)),
        }
    }

    fn log(
        &self,
        (namespace, pod): (&str, &str),
        container: &str,
        since: Option<Timestamp>,
    ) -> Result<Box<dyn Log + '_>, ClusterError> {
        let operation = format!("read the log of `{container}` of pod `{namespace}/{pod}`");
        let api: Api<k8s_openapi::api::core::v1::Pod> =
            Api::namespaced(self.client.clone(), namespace);
        let parameters = LogParams {
            container: Some(container.to_owned()),
            follow: true,
            timestamps: true,
            since_time: since,
            ..LogParams::default()
        };
        let stream = self
            .begin(&operation, api.log_stream(pod, &parameters))?
            .map_err(|error| error_of(&operation, error))?;
        Ok(Box::new(KubeLog {
            runtime: &self.runtime,
            stream: Box::pin(stream),
        }))
    }
}

struct KubeChanges<'a> {
    runtime: &'a Runtime,
    operation: String,
    stream: Pin<Box<dyn Stream<Item = kube::Result<WatchEvent<DynamicObject>>> + 'a>>,
}

impl Changes for KubeChanges<'_> {
    fn next(&mut self, wait: Duration) -> Change {
        let stream = &mut self.stream;
        let answer = self
            .runtime
            .block_on(async { tokio::time::timeout(wait, stream.next()).await });
        let broken = |error| Change::Broken(error_of(&self.operation, error));
        let object = |object: &DynamicObject| whole(&self.operation, object);
        match answer {
            Err(_) => Change::Nothing,
            Ok(None) => Change::Ended,
            Ok(Some(Ok(WatchEvent::Added(new) | WatchEvent::Modified(new)))) => {
                object(&new).map_or_else(Change::Broken, Change::Set)
            }
            Ok(Some(Ok(WatchEvent::Deleted(old)))) => {
                object(&old).map_or_else(Change::Broken, Change::Removed)
            }
            Ok(Some(Ok(WatchEvent::Bookmark(mark)))) => {
                Change::Version(mark.metadata.resource_version)
            }
            Ok(Some(Ok(WatchEvent::Error(status)))) if status.code == 410 => Change::Gone,
            Ok(Some(Ok(WatchEvent::Error(status)))) => broken(kube::Error::Api(status)),
            Ok(Some(Err(kube::Error::Api(status)))) if status.code == 410 => Change::Gone,
            Ok(Some(Err(error))) => broken(error),
        }
    }
}

struct KubeLog<'a> {
    runtime: &'a Runtime,
    stream: Pin<Box<dyn AsyncBufRead + 'a>>,
}

impl Log for KubeLog<'_> {
    fn next(&mut self, wait: Duration) -> Piece {
        let stream = &mut self.stream;
        let answer = self.runtime.block_on(async {
            let piece = async {
                let bytes = stream.fill_buf().await?;
                Ok::<_, std::io::Error>(
                    bytes
                        .get(..bytes.len().min(LARGEST_PIECE))
                        .unwrap_or_default()
                        .to_vec(),
                )
            };
            tokio::time::timeout(wait, piece).await
        });
        match answer {
            Err(_) => Piece::Nothing,
            Ok(Ok(bytes)) if bytes.is_empty() => Piece::Ended,
            Ok(Ok(bytes)) => {
                self.stream.as_mut().consume(bytes.len());
                Piece::Bytes(bytes)
            }
            Ok(Err(error)) => Piece::Broken(error.to_string()),
        }
    }
}
