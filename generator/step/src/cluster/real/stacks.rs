//! ClusterStacks of a real cluster.

use kube::api::{DynamicObject, Patch, PatchParams};
use kube::core::{ApiResource, GroupVersionKind};
use kube::{Api, Client};
use serde_json::Value;

use super::KubeCluster;
use crate::cluster::{ClusterError, Stacks};

fn api(client: &Client) -> Api<DynamicObject> {
    let kind = GroupVersionKind::gvk("kpack.io", "v1alpha2", "ClusterStack");
    Api::all_with(client.clone(), &ApiResource::from_gvk(&kind))
}

impl Stacks for KubeCluster {
    fn stack(&self, name: &str) -> Result<Option<Value>, ClusterError> {
        let api = api(&self.client);
        let operation = format!("read ClusterStack `{name}`");
        let found = self.call(&operation, || api.get_opt(name))?;
        Ok(found.map(|object| object.data))
    }

    fn patch_stack(&self, name: &str, patch: &Value) -> Result<(), ClusterError> {
        let api = api(&self.client);
        let operation = format!("change ClusterStack `{name}`");
        let parameters = PatchParams {
            field_manager: Some("luban".to_owned()),
            ..PatchParams::default()
        };
        let patch = Patch::Merge(patch);
        self.call(&operation, || api.patch(name, &parameters, &patch))?;
        Ok(())
    }
}
