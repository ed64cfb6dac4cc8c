//! ExternalSecrets: Secrets that the External Secrets operator fills from the platform's store.

use super::{SecretNeed, kind};
use crate::CompileError;
use crate::tree::Folder;
use luban_api_cluster::{
    ExternalSecret, ExternalSecretData, ExternalSecretDataFromRemoteRef,
    ExternalSecretDataRemoteRef, ExternalSecretSpec, ExternalSecretTarget, ExternalSecretTemplate,
    ExternalSecretTemplateMetadata, SecretStoreRef,
};
use luban_api_core::named_in;
use luban_platform::Platform;
use luban_platform::model::ExternalSecrets;

/// Adds an ExternalSecret for each of `needs` in `namespace`; none if the Secrets exist already.
pub(crate) fn add(
    folder: &mut Folder,
    platform: &Platform,
    needs: &[SecretNeed],
    namespace: &str,
) -> Result<(), CompileError> {
    let Some(store) = &platform.external_secrets else {
        return Ok(());
    };
    for need in needs.iter().filter(|need| need.namespace == namespace) {
        folder.add(external_secret(store, need))?;
    }
    Ok(())
}

/// Key in the store of what becomes a Secret: `<prefix>/<namespace>/<name>`.
pub(super) fn remote_key(store: &ExternalSecrets, need: &SecretNeed) -> String {
    let parts = [store.prefix.as_str(), &need.namespace, &need.name];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("/")
}

fn external_secret(store: &ExternalSecrets, need: &SecretNeed) -> ExternalSecret {
    let remote = |property: Option<&str>| ExternalSecretDataRemoteRef {
        key: remote_key(store, need),
        property: property.map(str::to_owned),
        ..ExternalSecretDataRemoteRef::default()
    };
    let data = need.keys.iter().map(|key| ExternalSecretData {
        secret_key: key.clone(),
        remote_ref: remote(Some(key)),
        ..ExternalSecretData::default()
    });
    let whole = ExternalSecretDataFromRemoteRef {
        extract: Some(remote(None)),
        ..ExternalSecretDataFromRemoteRef::default()
    };
    let annotations = need.annotations.iter();
    let annotations = annotations.map(|(key, value)| ((*key).to_owned(), value.clone()));
    let literals = need.literals.iter();
    let literals = literals.map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
    let mut template = ExternalSecretTemplate {
        type_: Some(need.type_.to_owned()).filter(|type_| type_ != kind::OPAQUE),
        data: literals.collect(),
        ..ExternalSecretTemplate::default()
    };
    if !need.annotations.is_empty() {
        template.metadata = Some(ExternalSecretTemplateMetadata {
            annotations: annotations.collect(),
            ..ExternalSecretTemplateMetadata::default()
        });
    }
    if !template.data.is_empty() {
        // Beside what the store has; the default would put these keys in place of it.
        template.merge_policy = Some("Merge".to_owned());
    }
    ExternalSecret {
        metadata: named_in(&need.namespace, &need.name),
        spec: ExternalSecretSpec {
            secret_store_ref: Some(SecretStoreRef {
                name: Some(store.store.to_string()),
                kind: Some("ClusterSecretStore".to_owned()),
            }),
            target: Some(ExternalSecretTarget {
                name: Some(need.name.clone()),
                creation_policy: Some("Owner".to_owned()),
                deletion_policy: Some("Retain".to_owned()),
                template: Some(template)
                    .filter(|template| *template != ExternalSecretTemplate::default()),
                ..ExternalSecretTarget::default()
            }),
            refresh_interval: Some(store.refresh.clone()),
            data: data.collect(),
            data_from: if need.keys.is_empty() {
                vec![whole]
            } else {
                Vec::new()
            },
            ..ExternalSecretSpec::default()
        },
        ..ExternalSecret::default()
    }
}
