//! The builder: lifecycle, stack, store, and the account that kpack reads and pushes their images with.

use super::stack;
use crate::CompileError;
use crate::context::Context;
use crate::images::Tool;
use crate::names::{KPACK, SYSTEM, account};
use crate::rbac::Account;
use crate::tree::Folder;
use k8s_openapi::api::core::v1::ObjectReference;
use luban_api_core::named;
use luban_api_kpack::{
    BuilderBuildpackRef, BuilderOrderEntry, ClusterBuilder, ClusterBuilderSpec, ClusterLifecycle,
    ClusterLifecycleSpec, ClusterStack, ClusterStackSpec, ClusterStackSpecImage, ClusterStore,
    ClusterStoreSpec, ImageSource,
};
use luban_platform::model::KpackBuilder;

/// Adds the cluster's lifecycle, stack, store and builder.
pub(super) fn add(
    context: &Context<'_>,
    kpack: &KpackBuilder,
    folder: &mut Folder,
) -> Result<(), CompileError> {
    let push = [kpack.registry.push.as_str()];
    let account = Account {
        secrets: &push,
        pull_secrets: &push,
        ..Account::new(SYSTEM, account::KPACK)
    };
    account.add(folder)?;
    folder.add(ClusterLifecycle {
        metadata: named(KPACK),
        spec: ClusterLifecycleSpec {
            image: Some(context.images.get(Tool::KpackLifecycle).to_owned()),
            service_account_ref: Some(service_account()),
        },
        ..ClusterLifecycle::default()
    })?;
    let image = |image: String| Some(ClusterStackSpecImage { image: Some(image) });
    folder.add(ClusterStack {
        metadata: named(KPACK),
        spec: ClusterStackSpec {
            id: Some(stack::id(kpack.stack)),
            build_image: image(stack::build_image(kpack)),
            run_image: image(stack::run_image(kpack)),
            service_account_ref: Some(service_account()),
        },
        ..ClusterStack::default()
    })?;
    let buildpacks = &kpack.buildpacks;
    let sources = buildpacks.iter().map(|&buildpack| ImageSource {
        image: Some(stack::buildpack_image(kpack, buildpack)),
    });
    folder.add(ClusterStore {
        metadata: named(KPACK),
        spec: ClusterStoreSpec {
            sources: sources.collect(),
            service_account_ref: Some(service_account()),
        },
        ..ClusterStore::default()
    })?;
    // Each buildpack is a group of its own: the first that knows a source builds it.
    let order = buildpacks.iter().map(|&buildpack| BuilderOrderEntry {
        group: vec![BuilderBuildpackRef {
            id: Some(stack::buildpack_id(buildpack).to_owned()),
            version: Some(stack::BUILDPACK_VERSION.to_owned()),
            ..BuilderBuildpackRef::default()
        }],
    });
    folder.add(ClusterBuilder {
        metadata: named(KPACK),
        spec: ClusterBuilderSpec {
            tag: Some(stack::builder_image(kpack)),
            service_account_ref: Some(service_account()),
            stack: Some(reference("ClusterStack")),
            lifecycle: Some(reference("ClusterLifecycle")),
            store: Some(reference("ClusterStore")),
            order: order.collect(),
            ..ClusterBuilderSpec::default()
        },
        ..ClusterBuilder::default()
    })
}

/// A reference to one of the cluster's kpack objects, all of which have the same name.
pub(super) fn reference(kind: &str) -> ObjectReference {
    ObjectReference {
        kind: Some(kind.to_owned()),
        name: Some(KPACK.to_owned()),
        ..ObjectReference::default()
    }
}

fn service_account() -> ObjectReference {
    ObjectReference {
        name: Some(account::KPACK.to_owned()),
        namespace: Some(SYSTEM.to_owned()),
        ..ObjectReference::default()
    }
}
