//! `luban step report`: what became of a run, told to the provider of its source, to the platform's webhook and to its Pushgateway.
//!
//! A receiver that is down makes no build fail: what could not be told is a warning in the log. Only a call that cannot be right
//! fails.

mod message;
mod metrics;
mod outcome;
mod patience;

use std::path::Path;
use std::thread;

use luban_command::{Parsed, report as flag};
use reqwest::header::{HeaderName, HeaderValue};
use reqwest::{Method, Url};

use crate::credentials::Credentials;
use crate::failure::{Exit, Failure};
use crate::hmac::{hex, hmac_sha256};
use crate::http::{Call, Http};
use crate::provider::{CommitStatus, Kind, connect};
use crate::secret::Secret;
use crate::world::World;
use message::Message;
use patience::Patience;

/// The header with the signature of a webhook's body.
const SIGNATURE: &str = "x-luban-signature-256";
/// The header with the run's name: a receiver that hears of it twice knows it by that.
const DELIVERY: &str = "x-luban-delivery";

/// Tells the provider, the webhook and the Pushgateway, each without waiting for the others.
pub(crate) fn run(call: &Parsed, world: &World<'_>) -> Result<(), Failure> {
    let message = Message::of(call, world)?;
    // Before anything is said: what a part of the run says may hold the token. That it is missing is said below.
    let credentials = Path::new(call.get(&flag::CREDENTIALS).unwrap_or_default());
    let _ = Credentials::read(credentials, world.redactor);
    let [provider, receiver, gateway] = [(); 3].map(|()| Patience::new(world));
    let told = thread::scope(|scope| {
        let webhook = scope.spawn(|| tell_webhook(call, &message, &receiver.world()));
        let metrics = scope.spawn(|| metrics::push(call, &message, &gateway.world()));
        let status = set_status(call, &message, &provider.world());
        let lost = || Failure::new(Exit::Failed, "cannot report: a defect of luban");
        let ends = [webhook, metrics].map(|told| told.join().unwrap_or_else(|_| Err(lost())));
        let [webhook, metrics] = ends;
        [status, webhook, metrics]
    });
    let mut wrong = None;
    for failure in told.into_iter().filter_map(Result::err) {
        if failure.exit == Exit::Usage && wrong.is_none() {
            wrong = Some(failure);
            continue;
        }
        let help = failure.help.map(|help| format!("\n  help: {help}"));
        world.say(format!(
            "warning: step report: {}{}",
            failure.message,
            help.unwrap_or_default()
        ));
    }
    wrong.map_or(Ok(()), Err)
}

fn set_status(call: &Parsed, message: &Message, world: &World<'_>) -> Result<(), Failure> {
    let kind = call.get(&flag::PROVIDER).and_then(Kind::parse);
    let kind = kind.ok_or_else(|| Failure::new(Exit::Usage, "there is no such provider"))?;
    let credentials = Path::new(call.get(&flag::CREDENTIALS).unwrap_or_default());
    let url = call.get(&flag::SOURCE).unwrap_or_default();
    let provider = connect(kind, url, credentials, authorities(call), world)?;
    let status = CommitStatus {
        state: message.status.state(),
        context: format!("luban/{}/{}", message.project, message.application),
        description: message.description(),
        link: message.log_url.clone(),
    };
    provider.set_status(&message.revision, &status)?;
    world.say(format!(
        "set the status `{}` of `{}`: {}",
        status.context, message.revision, status.description
    ));
    Ok(())
}

fn tell_webhook(call: &Parsed, message: &Message, world: &World<'_>) -> Result<(), Failure> {
    let Some(url) = call.get(&flag::WEBHOOK).filter(|url| !url.is_empty()) else {
        return Ok(());
    };
    let url = Url::parse(url)
        .map_err(|error| Failure::new(Exit::Usage, format!("the webhook is no URL: {error}")))?;
    let key = call.get(&flag::WEBHOOK_KEY).ok_or_else(|| {
        Failure::new(
            Exit::Usage,
            "there is a webhook, and no `--webhook-key` to sign with",
        )
    })?;
    let key = Secret::read(Path::new(key))?;
    world.redactor.hide(&key);
    let body = message.body(world)?;
    let mac = hmac_sha256(key.expose(), &body);
    let header = |text: String| {
        HeaderValue::try_from(text)
            .map_err(|_| Failure::new(Exit::Usage, "the run's name fits no header"))
    };
    let host = url.host_str().unwrap_or_default().to_owned();
    let mut call_of_it = Call::new(Method::POST, url, "tell the webhook")
        .needs("the receiver may not accept the signature: it must have the same key")
        .header(
            HeaderName::from_static(SIGNATURE),
            header(format!("sha256={}", hex(&mac)))?,
        )
        .header(
            HeaderName::from_static(DELIVERY),
            header(message.run.clone())?,
        )
        .bytes("application/json", body);
    // What became of a run does not change: heard twice, it is the same.
    call_of_it.is_repeatable = true;
    Http::new(authorities(call))?.send(&call_of_it, &[], world)?;
    world.say(format!("told the webhook at `{host}`"));
    Ok(())
}

fn authorities(call: &Parsed) -> Option<&Path> {
    let path = call.get(&flag::CERTIFICATE_AUTHORITY)?;
    (!path.is_empty()).then_some(Path::new(path))
}

#[cfg(test)]
mod tests;
