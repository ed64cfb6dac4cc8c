//! Every question that a set raises, and what no judge can be asked.

use super::document::Object;
use super::folder::{Folder, Rendered, folders};
use super::judge::Judge;
use super::permit::{Followed, follow};
use super::protocol::{Question, Verdict};
use super::report::{Place, Report};
use super::route::{ARGO_CD, KUSTOMIZE, Route, route};
use super::set::Set;
use super::snapshot;
use anyhow::Result;
use std::collections::BTreeMap;

/// A question, whom it is for, and what it is about.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) judge: &'static str,
    pub(crate) place: Place,
    pub(crate) question: Question,
}

/// Lets kustomize render the folders of `set`; its verdicts go to `report` if `is_counted`. Overlays are compared with their
/// snapshots, which are written anew if `is_updated`.
///
/// # Errors
/// When kustomize cannot run.
pub(crate) fn render(
    set: &Set,
    kustomize: &Judge,
    is_counted: bool,
    is_updated: bool,
    report: &mut Report,
) -> Result<Rendered> {
    let (remote, local): (Vec<Folder>, Vec<Folder>) = folders(set)?
        .into_iter()
        .partition(|folder| folder.is_remote);
    let mut rendered = Rendered::default();
    for folder in &remote {
        report.not_judged("kustomizations with remote resources", &place(set, folder));
        rendered.add(folder, &Verdict::default())?;
    }
    let questions: Vec<Question> = local.iter().map(|folder| folder.question(set)).collect();
    let verdicts: Vec<Verdict> = kustomize.ask(questions.iter())?;
    for (folder, verdict) in local.iter().zip(&verdicts) {
        if is_counted {
            report.judged(KUSTOMIZE, place(set, folder), verdict);
            if let Some(verdict) = snapshot::compare(set, folder, verdict, is_updated)? {
                report.judged(KUSTOMIZE, place(set, folder), &verdict);
            }
        }
        rendered.add(folder, verdict)?;
    }
    Ok(rendered)
}

fn place(set: &Set, folder: &Folder) -> Place {
    Place {
        set: set.name.clone(),
        path: folder.path.clone(),
        label: folder.kind.clone(),
    }
}

/// What is to be asked about the objects of `set`: of files, made while the platform runs, and rendered.
pub(crate) fn questions(set: &Set, rendered: &Rendered, report: &mut Report) -> Vec<Asked> {
    let mut asked = Vec::new();
    for (path, error) in &set.unreadable {
        let place = Place {
            set: set.name.clone(),
            path: path.clone(),
            label: String::new(),
        };
        report.judged(
            "yaml",
            place,
            &Verdict {
                error: error.clone(),
                ..Verdict::default()
            },
        );
    }
    for object in set.objects.iter().chain(rendered.new_objects(set)) {
        asked.extend(document(set, object, false, report));
        for followed in follow(object, set, rendered) {
            asked.extend(permit(set, object, followed, report));
        }
    }
    for object in &set.made {
        asked.extend(document(set, object, true, report));
    }
    asked
}

fn document(set: &Set, object: &Object, is_made: bool, report: &mut Report) -> Option<Asked> {
    let place = Place {
        set: set.name.clone(),
        path: object.path.clone(),
        label: object.label(),
    };
    match route(object) {
        Route::Judge(judge) => {
            let submit = is_made && judge == "argo-workflows";
            let question = Question::Document {
                yaml: object.text.clone(),
                group: set.name.clone(),
                submit,
                flags: BTreeMap::new(),
            };
            Some(Asked {
                judge,
                place,
                question,
            })
        }
        Route::Folder => None,
        Route::Nobody => {
            report.not_judged(
                &format!("{} {}", object.api_version(), object.kind()),
                &place,
            );
            None
        }
    }
}

fn permit(
    set: &Set,
    application: &Object,
    followed: Followed,
    report: &mut Report,
) -> Option<Asked> {
    let of_application = |path: &str| Place {
        set: set.name.clone(),
        path: path.to_owned(),
        label: application.label(),
    };
    match followed {
        Followed::Ask(permit, path) => {
            let label = format!(
                "{}/{} for {}",
                permit.group_kind.kind,
                permit.name,
                application.label()
            );
            let place = Place {
                set: set.name.clone(),
                path,
                label,
            };
            Some(Asked {
                judge: ARGO_CD,
                place,
                question: Question::Permit(permit),
            })
        }
        Followed::NoPath(path) => {
            let error = format!("the repository has no path `{path}`");
            report.judged(
                "argo-cd",
                of_application(&application.path),
                &Verdict {
                    error,
                    ..Verdict::default()
                },
            );
            None
        }
        Followed::Elsewhere(source) => {
            report.not_judged(
                &format!("sources of Applications from elsewhere: {source}"),
                &of_application(&application.path),
            );
            None
        }
    }
}
