//! The endpoints of the distribution specification.

use std::io::Cursor;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tiny_http::{Header, Method, Request, Response};

use super::{Login, Settings, State};
use crate::Digest;

pub(super) type Answer = Response<Cursor<Vec<u8>>>;

pub(super) fn error(status: u16, code: &str, message: &str) -> Answer {
    let body = serde_json::json!({"errors": [{"code": code, "message": message}]});
    Response::from_string(body.to_string()).with_status_code(status)
}

pub(super) fn with(response: Answer, name: &str, value: &str) -> Answer {
    response.with_header(Header::from_bytes(name, value).unwrap())
}

/// The same answer with another body.
pub(super) fn replaced(answer: Answer, body: Vec<u8>) -> Answer {
    let mut new = Response::from_data(body).with_status_code(answer.status_code());
    for header in answer.headers() {
        new.add_header(header.clone());
    }
    new
}

fn empty(status: u16) -> Answer {
    Response::from_data(Vec::new()).with_status_code(status)
}

fn header(request: &Request, name: &str) -> Option<String> {
    let mut all = request.headers().iter();
    let found = all.find(|header| header.field.as_str().as_str().eq_ignore_ascii_case(name));
    found.map(|header| header.value.as_str().to_owned())
}

struct Asked<'a> {
    request: &'a Request,
    body: &'a [u8],
    repository: &'a str,
    query: Vec<(String, String)>,
}

impl Asked<'_> {
    fn query(&self, key: &str) -> Option<&str> {
        let mut all = self.query.iter();
        all.find(|(known, _)| known == key)
            .map(|(_, value)| value.as_str())
    }
}

pub(super) fn answer(
    request: &Request,
    url: &str,
    body: &[u8],
    state: &mut State,
    settings: &Settings,
    own: &str,
) -> Answer {
    let url = url::Url::parse(&format!("http://{own}{url}")).unwrap();
    let query: Vec<_> = url.query_pairs().into_owned().collect();
    let path = url.path().to_owned();
    let authorization = header(request, "Authorization");
    if path == "/token" {
        return token(&query, authorization.as_deref(), state, settings);
    }
    if let Some(digest) = path.strip_prefix("/store/") {
        // As S3 does: its own signature is in the query, and another login beside it is refused.
        if authorization.is_some() {
            return error(400, "InvalidArgument", "only one auth mechanism allowed");
        }
        let mut blobs = state.store.blobs.iter();
        let found = blobs.find(|((_, known), _)| known == digest);
        return found.map_or_else(
            || empty(404),
            |(_, bytes)| Response::from_data(bytes.clone()),
        );
    }
    // Other clients ask first whether there is a registry at all.
    if path == "/v2/" {
        return empty(200);
    }
    let Some(rest) = path.strip_prefix("/v2/") else {
        return empty(404);
    };
    let kinds = [
        "/manifests/",
        "/blobs/uploads/",
        "/blobs/",
        "/tags/",
        "/referrers/",
    ];
    let split = kinds.iter().find_map(|kind| {
        let (repository, name) = rest.split_once(kind)?;
        Some((*kind, repository, name))
    });
    let Some((kind, repository, name)) = split else {
        return empty(404);
    };
    let is_push = matches!(request.method(), Method::Put | Method::Post | Method::Patch);
    if let Some(refused) = refused(
        authorization.as_deref(),
        repository,
        is_push,
        state,
        settings,
        own,
    ) {
        return refused;
    }
    let asked = Asked {
        request,
        body,
        repository,
        query,
    };
    match (kind, request.method()) {
        ("/manifests/", Method::Put) => put_manifest(&asked, name, state, settings),
        ("/manifests/", _) => manifest(&asked, name, state, settings),
        ("/blobs/uploads/", Method::Post) if name.is_empty() => {
            state.store.counter += 1;
            let id = format!("upload-{}", state.store.counter);
            let place = format!("/v2/{repository}/blobs/uploads/{id}?_state=a%2Bb");
            state.store.uploads.insert(id);
            with(empty(202), "Location", &place)
        }
        ("/blobs/uploads/", Method::Patch) => patch_blob(&asked, name, state),
        ("/blobs/uploads/", Method::Put) => put_blob(&asked, name, state),
        ("/blobs/", Method::Get | Method::Head) => blob(&asked, name, state, settings, own),
        ("/tags/", Method::Get) => tags(&asked, state, settings),
        ("/referrers/", Method::Get) if settings.has_referrers => {
            let mut all = state.store.referrers(repository, name);
            if let Some(wanted) = asked.query("artifactType").filter(|kind| !kind.is_empty()) {
                all.retain(|one| one["artifactType"] == wanted);
            }
            let from: usize = asked.query("from").map_or(0, |from| from.parse().unwrap());
            let page: Vec<_> = all.iter().skip(from).take(settings.page).collect();
            let index = serde_json::json!({"schemaVersion": 2, "mediaType": crate::INDEX, "manifests": page});
            let answer = with(
                Response::from_string(index.to_string()),
                "Content-Type",
                crate::INDEX,
            );
            let next = from + settings.page;
            if next < all.len() {
                let wanted = asked.query("artifactType").unwrap_or_default();
                let wanted = wanted.replace('+', "%2B");
                let link = format!(
                    "</v2/{repository}/referrers/{name}?artifactType={wanted}&from={next}>; rel=\"next\""
                );
                return with(answer, "Link", &link);
            }
            answer
        }
        _ => empty(404),
    }
}

fn token(
    query: &[(String, String)],
    authorization: Option<&str>,
    state: &mut State,
    settings: &Settings,
) -> Answer {
    let Login::Token { password, may_push } = settings.login else {
        return empty(404);
    };
    let wanted = format!("Basic {}", STANDARD.encode(format!("user:{password}")));
    if authorization != Some(&wanted) {
        return error(401, "UNAUTHORIZED", "wrong password");
    }
    let scopes = query.iter().filter(|(key, _)| key == "scope");
    let mut scope = scopes
        .map(|(_, scope)| scope.as_str())
        .collect::<Vec<_>>()
        .join(" ");
    if !may_push {
        // Token services give what is allowed of what is asked.
        scope = scope.replace(",push", "");
    }
    let token = format!("token-{}", state.tokens.len());
    state.tokens.push((token.clone(), scope));
    Response::from_string(format!(r#"{{"token":"{token}","expires_in":60}}"#))
}

fn refused(
    authorization: Option<&str>,
    repository: &str,
    is_push: bool,
    state: &State,
    settings: &Settings,
    own: &str,
) -> Option<Answer> {
    let actions = if is_push { "pull,push" } else { "pull" };
    match settings.login {
        Login::None => None,
        Login::Basic(password) => {
            let wanted = format!("Basic {}", STANDARD.encode(format!("user:{password}")));
            let challenge = "Basic realm=\"registry\"";
            (authorization != Some(&wanted)).then(|| {
                with(
                    error(401, "UNAUTHORIZED", "log in"),
                    "WWW-Authenticate",
                    challenge,
                )
            })
        }
        Login::Token { .. } => {
            let needed = format!("repository:{repository}:{actions}");
            let token = authorization.and_then(|text| text.strip_prefix("Bearer "));
            let known = state
                .tokens
                .iter()
                .find(|(known, _)| Some(known.as_str()) == token);
            if known.is_some_and(|(_, scope)| scope.contains(&needed)) {
                return None;
            }
            let challenge =
                format!(r#"Bearer realm="http://{own}/token",service="fake",scope="{needed}""#);
            Some(with(
                error(401, "UNAUTHORIZED", "log in"),
                "WWW-Authenticate",
                &challenge,
            ))
        }
    }
}

fn digest_of(state: &State, repository: &str, reference: &str) -> Option<String> {
    if reference.starts_with("sha256:") {
        return Some(reference.to_owned());
    }
    state.store.tag(repository, reference)
}

fn manifest(asked: &Asked<'_>, reference: &str, state: &State, settings: &Settings) -> Answer {
    let found = digest_of(state, asked.repository, reference).and_then(|digest| {
        let key = (asked.repository.to_owned(), digest.clone());
        Some((digest, state.store.manifests.get(&key)?))
    });
    let Some((digest, (media_type, bytes))) = found else {
        return error(404, "MANIFEST_UNKNOWN", "manifest unknown");
    };
    let accepted = header(asked.request, "Accept").unwrap_or_default();
    if !accepted.contains(media_type.as_str()) {
        return error(
            404,
            "MANIFEST_UNKNOWN",
            "not of the types that are accepted",
        );
    }
    let answer = with(
        Response::from_data(bytes.clone()),
        "Content-Type",
        media_type,
    );
    match settings.says_digests {
        true => with(answer, "Docker-Content-Digest", &digest),
        false => answer,
    }
}

fn put_manifest(
    asked: &Asked<'_>,
    reference: &str,
    state: &mut State,
    settings: &Settings,
) -> Answer {
    let media_type = header(asked.request, "Content-Type").unwrap_or_default();
    if let Some((code, message)) = state
        .store
        .refusal(asked.repository, &media_type, asked.body)
    {
        return error(400, code, &message);
    }
    let digest = Digest::of(asked.body).to_string();
    if reference.starts_with("sha256:") && reference != digest {
        return error(400, "DIGEST_INVALID", "another digest");
    }
    if !reference.starts_with("sha256:") {
        let now = state.store.tag(asked.repository, reference);
        if settings.keeps_tags && now.is_some() {
            return error(400, "TAG_INVALID", "the tag is immutable");
        }
        state.store.set_tag(asked.repository, reference, &digest);
    }
    state
        .store
        .add_manifest(asked.repository, &media_type, asked.body);
    let json: serde_json::Value = serde_json::from_slice(asked.body).unwrap();
    let place = format!("/v2/{}/manifests/{digest}", asked.repository);
    let answer = with(
        with(empty(201), "Location", &place),
        "Docker-Content-Digest",
        &digest,
    );
    match json["subject"]["digest"].as_str() {
        Some(subject) if settings.has_referrers => with(answer, "OCI-Subject", subject),
        _ => answer,
    }
}

/// A chunk of a blob, as other clients send all of them.
fn patch_blob(asked: &Asked<'_>, upload: &str, state: &mut State) -> Answer {
    if asked.query("_state") != Some("a+b") || !state.store.uploads.contains(upload) {
        return error(404, "BLOB_UPLOAD_UNKNOWN", "no such upload");
    }
    let chunks = state.chunks.entry(upload.to_owned()).or_default();
    chunks.extend_from_slice(asked.body);
    let repository = asked.repository;
    let place = format!("/v2/{repository}/blobs/uploads/{upload}?_state=a%2Bb");
    with(empty(202), "Location", &place)
}

fn put_blob(asked: &Asked<'_>, upload: &str, state: &mut State) -> Answer {
    if asked.query("_state") != Some("a+b") || !state.store.uploads.contains(upload) {
        return error(404, "BLOB_UPLOAD_UNKNOWN", "no such upload");
    }
    let mut bytes = state.chunks.remove(upload).unwrap_or_default();
    bytes.extend_from_slice(asked.body);
    if asked.query("digest") != Some(Digest::of(&bytes).as_str()) {
        return error(400, "DIGEST_INVALID", "another digest");
    }
    state.store.uploads.remove(upload);
    state.store.add_blob(asked.repository, &bytes);
    with(empty(201), "Location", "/v2/")
}

fn blob(asked: &Asked<'_>, digest: &str, state: &State, settings: &Settings, own: &str) -> Answer {
    let key = (asked.repository.to_owned(), digest.to_owned());
    let Some(bytes) = state.store.blobs.get(&key) else {
        return error(404, "BLOB_UNKNOWN", "blob unknown");
    };
    if settings.redirects_blobs {
        let place = format!(
            "http://{}/store/{digest}?sig=x",
            own.replace("127.0.0.1", "localhost")
        );
        return with(empty(307), "Location", &place);
    }
    Response::from_data(bytes.clone())
}

fn tags(asked: &Asked<'_>, state: &State, settings: &Settings) -> Answer {
    let all: Vec<&String> = state
        .store
        .tags
        .keys()
        .filter(|(repository, tag)| {
            repository == asked.repository
                && asked.query("last").is_none_or(|last| tag.as_str() > last)
        })
        .map(|(_, tag)| tag)
        .collect();
    let page: Vec<&&String> = all.iter().take(settings.page).collect();
    let body = serde_json::json!({"name": asked.repository, "tags": page});
    let answer = Response::from_string(body.to_string());
    match page.last() {
        Some(last) if page.len() < all.len() => {
            let link = format!(
                "</v2/{}/tags/list?last={last}>; rel=\"next\"",
                asked.repository
            );
            with(answer, "Link", &link)
        }
        _ => answer,
    }
}
