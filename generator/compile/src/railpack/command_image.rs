//! The image of the railpack command: upstream publishes the frontend only.

use crate::context::Context;
use crate::images::Tool;
use crate::tree::HEADER;

/// The Dockerfile. Railpack is the release of exactly the platform's version, checked against checksums that whoever
/// builds the image gives: a version without them does not build.
pub(super) fn dockerfile(context: &Context<'_>) -> Option<String> {
    let railpack = context.platform.railpack.as_ref()?;
    let version = &railpack.version;
    // What is pushed has a tag; the digest that the lock knows is the last one's.
    let image = context.images.get(Tool::Railpack);
    let image = image.split_once('@').map_or(image, |(tagged, _)| tagged);
    let debian = context.images.get(Tool::Debian);
    let luban = context.images.get(Tool::Luban);
    let registry = "https://github.com/railwayapp/railpack/releases/download";
    Some(format!(
        r#"{HEADER}
# The railpack command, as `{image}`, for the steps that plan builds.
#
# Checksums are those of checksums.txt of the release:
#   {registry}/{version}/checksums.txt
# docker buildx build --platform linux/amd64,linux/arm64 --push --tag {image} \
#   --build-arg RAILPACK_SHA256_AMD64=… --build-arg RAILPACK_SHA256_ARM64=… pipelines/delivery/tekton/railpack-cli

FROM {debian} AS release-amd64
ARG RAILPACK_SHA256_AMD64
ADD --checksum=sha256:${{RAILPACK_SHA256_AMD64}} {registry}/{version}/railpack-{version}-x86_64-unknown-linux-musl.tar.gz /railpack.tar.gz

FROM {debian} AS release-arm64
ARG RAILPACK_SHA256_ARM64
ADD --checksum=sha256:${{RAILPACK_SHA256_ARM64}} {registry}/{version}/railpack-{version}-arm64-unknown-linux-musl.tar.gz /railpack.tar.gz

FROM release-${{TARGETARCH}} AS release
RUN ["tar", "--extract", "--gzip", "--file", "/railpack.tar.gz", "--directory", "/usr/local/bin", "--no-same-owner", "railpack"]

# Debian, not Alpine: railpack runs mise, whose tools need glibc.
FROM {debian}
COPY --from={luban} /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=release --chmod=0755 /usr/local/bin/railpack /usr/local/bin/railpack
LABEL org.opencontainers.image.source="https://github.com/railwayapp/railpack" \
      org.opencontainers.image.version="{version}"
# A number, so that runAsNonRoot can be checked.
USER 1000:1000
ENTRYPOINT ["/usr/local/bin/railpack"]
"#
    ))
}
