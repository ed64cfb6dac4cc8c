//! Events: how webhooks of providers come in, wait on the bus, and start dispatch; and how rebuilds that kpack started by
//! itself are seen.
//!
//! Upstream's behaviour is that of Argo Events v1.9.11, read in its source. What it rests on: a webhook without the right
//! token is refused by the event source itself, and free text of an event leaves the Sensor in base64 only.

mod accounts;
mod bus;
mod destination;
mod field;
mod gitops;
mod pod;
mod provider_sensor;
mod provider_source;
mod rebuild;
#[cfg(test)]
mod tests;
mod trigger;
mod tunnel;
mod way_in;

pub(crate) use accounts::{
    build_watcher_account, grant_in_dispatch, rebuild_sensor_account, sensor_account,
};

use crate::CompileError;
use crate::context::Context;
use crate::delivery::delivery_path;
use crate::names::{EVENTS, account};
use crate::rbac::Account;
use crate::tree::Folder;
use luban_platform::model::WayIn;

/// The folder of the event bus, the event sources and the sensors.
pub(crate) fn folder(context: &Context<'_>) -> Result<Folder, CompileError> {
    let platform = context.platform;
    let mut folder = context.folder(delivery_path("argo-events"));
    bus::add(&mut folder, platform)?;
    Account::new(EVENTS, account::EVENT_SOURCE).add(&mut folder)?;
    sensor_account().add(&mut folder)?;
    for provider in &platform.providers {
        provider_source::add(&mut folder, platform, provider)?;
        folder.add(provider_sensor::sensor(platform, provider)?)?;
    }
    match &platform.events.way {
        WayIn::Gateway(gateway) => way_in::add(&mut folder, platform, gateway)?,
        WayIn::CloudflareTunnel { secret } => tunnel::add(&mut folder, context, secret.as_str())?,
    }
    if accounts::watches_builds(platform) {
        build_watcher_account().add(&mut folder)?;
        rebuild_sensor_account().add(&mut folder)?;
        rebuild::add(&mut folder, platform)?;
    }
    Ok(folder)
}
