//! The stack: its images' names, Dockerfiles and `builder.toml`.

use crate::container::USER;
use crate::context::Context;
use crate::images::Tool;
use luban_platform::model::{Buildpack, KpackBuilder, Stack};

/// Version of the stack's Dockerfiles, which its images are tagged with. A new base, an update of its packages, does not
/// change it: `luban step publish-stack` then sets the new digests in the ClusterStack.
const VERSION: &str = "1.0.0";

/// Version of Luban's buildpacks.
pub(super) const BUILDPACK_VERSION: &str = "0.1.0";

/// Architecture of the stack's images, and so of the nodes that build with them.
pub(super) const ARCHITECTURE: &str = "amd64";

/// Packages of all images: certificates and time zones; `shadow-utils` makes the user.
const BASE_PACKAGES: &str = "ca-certificates shadow-utils tzdata";

/// Packages of the build image: what compiles native extensions, and what fetches and unpacks sources.
const BUILD_PACKAGES: &str =
    "bzip2-devel gcc git gzip libffi-devel make openssl-devel tar which zlib-devel";

/// A short name of the stack.
fn name(stack: Stack) -> &'static str {
    match stack {
        Stack::Al2023 => "al2023",
    }
}

/// The id by which buildpacks know the stack.
pub(super) fn id(stack: Stack) -> String {
    format!("dev.luban.stacks.{}", name(stack))
}

/// The image that builds run in.
pub(super) fn build_image(kpack: &KpackBuilder) -> String {
    stack_image(kpack, "stack-build")
}

/// The image that applications run on.
pub(super) fn run_image(kpack: &KpackBuilder) -> String {
    stack_image(kpack, "stack-run")
}

fn stack_image(kpack: &KpackBuilder, image: &str) -> String {
    let stack = name(kpack.stack);
    format!("{}:{stack}-{VERSION}", kpack.registry.platform_image(image))
}

/// The builder that kpack makes and pushes: its digest is in the ClusterBuilder's status, builds use that.
pub(super) fn builder_image(kpack: &KpackBuilder) -> String {
    let stack = name(kpack.stack);
    format!(
        "{}:{stack}-{VERSION}",
        kpack.registry.platform_image("builder")
    )
}

/// The id of a buildpack.
pub(super) fn buildpack_id(buildpack: Buildpack) -> &'static str {
    match buildpack {
        Buildpack::PythonUv => "luban/python-uv",
    }
}

/// The image of a buildpack.
pub(super) fn buildpack_image(kpack: &KpackBuilder, buildpack: Buildpack) -> String {
    let image = match buildpack {
        Buildpack::PythonUv => "buildpack-python-uv",
    };
    format!(
        "{}:{BUILDPACK_VERSION}",
        kpack.registry.platform_image(image)
    )
}

/// The stack's sources: file names and texts.
pub(super) fn sources(context: &Context<'_>, kpack: &KpackBuilder) -> Vec<(&'static str, String)> {
    vec![
        ("base.Dockerfile", base_dockerfile(context, kpack.stack)),
        ("build.Dockerfile", build_dockerfile()),
        ("builder.toml", builder_toml(context, kpack)),
        ("run.Dockerfile", run_dockerfile()),
    ]
}

fn base_dockerfile(context: &Context<'_>, stack: Stack) -> String {
    let base = context.images.get(Tool::AmazonLinux);
    let id = id(stack);
    format!(
        "\
# What build image and run image have in common. A release of Amazon Linux fixes its package repository too, so that
# packages change only with the base image.
FROM {base}
RUN dnf install --assumeyes --nodocs --setopt=install_weak_deps=0 {BASE_PACKAGES} \\
    && dnf clean all \\
    && groupadd --gid {USER} cnb \\
    && useradd --uid {USER} --gid {USER} --create-home --shell /sbin/nologin cnb
ENV CNB_USER_ID={USER} \\
    CNB_GROUP_ID={USER} \\
    CNB_STACK_ID={id}
LABEL io.buildpacks.stack.id={id} \\
    io.buildpacks.base.distro.name=amzn \\
    io.buildpacks.base.distro.version=2023
# A number: the kubelet cannot tell whether a named user is root.
USER {USER}:{USER}
"
    )
}

fn build_dockerfile() -> String {
    format!(
        "\
# What builds run in. BASE is the base image with its digest.
ARG BASE
FROM ${{BASE}}
USER 0:0
RUN dnf install --assumeyes --nodocs --setopt=install_weak_deps=0 {BUILD_PACKAGES} \\
    && dnf clean all
USER {USER}:{USER}
"
    )
}

fn run_dockerfile() -> String {
    format!(
        "\
# What applications run on. BASE is the base image with its digest.
ARG BASE
FROM ${{BASE}}
USER {USER}:{USER}
"
    )
}

fn builder_toml(context: &Context<'_>, kpack: &KpackBuilder) -> String {
    let mut text = String::from(
        "# The builder for `pack`, the same as kpack's. Built by the platform from images that it built: trusted.\n",
    );
    for &buildpack in &kpack.buildpacks {
        let (id, image) = (buildpack_id(buildpack), buildpack_image(kpack, buildpack));
        text.push_str(&format!(
            "\n[[buildpacks]]\nid = \"{id}\"\nversion = \"{BUILDPACK_VERSION}\"\nuri = \"docker://{image}\"\n"
        ));
    }
    for &buildpack in &kpack.buildpacks {
        let id = buildpack_id(buildpack);
        text.push_str(&format!(
            "\n[[order]]\n[[order.group]]\nid = \"{id}\"\nversion = \"{BUILDPACK_VERSION}\"\n"
        ));
    }
    if let Some(version) = lifecycle_version(context.images.get(Tool::KpackLifecycle)) {
        text.push_str(&format!("\n[lifecycle]\nversion = \"{version}\"\n"));
    }
    let (id, build, run) = (id(kpack.stack), build_image(kpack), run_image(kpack));
    text.push_str(&format!(
        "\n[stack]\nid = \"{id}\"\nbuild-image = \"{build}\"\nrun-image = \"{run}\"\n\
         \n[build]\nimage = \"{build}\"\n\
         \n[run]\n[[run.images]]\nimage = \"{run}\"\n\
         \n[[targets]]\nos = \"linux\"\narch = \"{ARCHITECTURE}\"\n"
    ));
    text
}

/// The version of a lifecycle by its image's tag; none if the platform's own image has another kind of tag.
fn lifecycle_version(image: &str) -> Option<&str> {
    let tagged = image.split('@').next()?;
    let (_, tag) = tagged.rsplit_once(':')?;
    let is_version = tag.split('.').count() == 3
        && tag
            .split('.')
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    is_version.then_some(tag)
}
