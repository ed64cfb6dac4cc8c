//! Certificate authorities that a platform trusts besides the public ones.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use reqwest::Certificate;
use tempfile::NamedTempFile;

use crate::failure::{Exit, Failure};

/// Where systems keep the public authorities.
const SYSTEM: [&str; 3] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/cert.pem",
];

/// Reads certificates from a PEM file, or from each file of a directory (as a mounted Secret or ConfigMap is one).
///
/// None from an empty directory: a mounted Secret that need not be there leaves one.
///
/// # Errors
/// When nothing can be read, or what is read holds no certificate.
pub(crate) fn read(path: &Path) -> Result<Vec<Certificate>, Failure> {
    let mut certificates = Vec::new();
    let files = files(path)?;
    if files.is_empty() {
        return Ok(certificates);
    }
    for file in files {
        let bytes = fs::read(&file).map_err(|error| unreadable(&file, &error.to_string()))?;
        let found = Certificate::from_pem_bundle(&bytes)
            .map_err(|error| unreadable(&file, &format!("it is no PEM: {error}")))?;
        certificates.extend(found);
    }
    if certificates.is_empty() {
        return Err(unreadable(path, "there is no certificate in it"));
    }
    Ok(certificates)
}

/// One PEM text of all that is at `path`, for tools that take a file.
///
/// # Errors
/// As [`read`].
pub(crate) fn bundle(path: &Path) -> Result<Vec<u8>, Failure> {
    read(path)?;
    let mut text = Vec::new();
    for file in files(path)? {
        let bytes = fs::read(&file).map_err(|error| unreadable(&file, &error.to_string()))?;
        text.extend_from_slice(bytes.trim_ascii());
        text.push(b'\n');
    }
    Ok(text)
}

/// One file with the public authorities and those at `path`, for tools that take one file for all.
///
/// # Errors
/// As [`read`], and when no temporary file can be written.
pub(crate) fn with_public(path: &Path) -> Result<NamedTempFile, Failure> {
    let unwritable = |error: std::io::Error| {
        let message = format!("cannot write a temporary file: {error}");
        Failure::new(Exit::Failed, message).help("mount an emptyDir and point TMPDIR to it")
    };
    let mut file = NamedTempFile::new().map_err(unwritable)?;
    let system = SYSTEM.iter().find_map(|path| fs::read(path).ok());
    for part in [system.unwrap_or_default(), bundle(path)?] {
        file.write_all(&part).map_err(unwritable)?;
    }
    Ok(file)
}

/// The file itself, or the files of a directory by name. Kubernetes keeps what it mounts in `..data`, beside links to it.
fn files(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let unlisted = |error: std::io::Error| unreadable(path, &error.to_string());
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(unlisted)? {
        let entry = entry.map_err(unlisted)?;
        let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        if !is_hidden && entry.path().is_file() {
            files.push(entry.path());
        }
    }
    files.sort();
    Ok(files)
}

fn unreadable(path: &Path, why: &str) -> Failure {
    let message = format!("cannot read certificates from `{}`: {why}", path.display());
    Failure::new(Exit::Usage, message)
        .help("mount PEM certificates there, a file or a directory of files")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// A certificate authority made by `openssl req -x509` for this test.
    const CERTIFICATE: &str = include_str!("../tests/ca.crt");

    #[test]
    fn certificates_are_read_from_a_file_and_from_a_mounted_secret() {
        let directory = tempfile::tempdir().unwrap();
        let data = directory.path().join("..data");
        fs::create_dir(&data).unwrap();
        fs::write(data.join("ca.crt"), CERTIFICATE).unwrap();
        std::os::unix::fs::symlink("..data/ca.crt", directory.path().join("ca.crt")).unwrap();
        assert_eq!(read(directory.path()).unwrap().len(), 1);
        assert_eq!(read(&directory.path().join("ca.crt")).unwrap().len(), 1);
        assert_eq!(
            bundle(directory.path()).unwrap(),
            [CERTIFICATE.trim(), "\n"].concat().as_bytes()
        );
    }

    #[test]
    fn a_mounted_secret_that_is_not_there_has_no_certificates() {
        let directory = tempfile::tempdir().unwrap();
        fs::create_dir(directory.path().join("..data")).unwrap();
        assert_eq!(read(directory.path()).unwrap().len(), 0);
        assert_eq!(bundle(directory.path()).unwrap(), b"");
    }

    #[test]
    fn a_file_without_certificates_is_named() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("ca.crt");
        fs::write(&file, "not a certificate").unwrap();
        for path in [file.as_path(), directory.path()] {
            let failure = read(path).unwrap_err();
            assert_eq!(failure.exit, Exit::Usage);
            assert!(
                failure.message.contains("no certificate"),
                "{}",
                failure.message
            );
        }
        let failure = read(&directory.path().join("none")).unwrap_err();
        assert!(
            failure.message.contains("No such file"),
            "{}",
            failure.message
        );
    }
}
