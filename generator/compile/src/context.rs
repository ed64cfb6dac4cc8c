//! What every part of the compiler reads.

use crate::CompileError;
use crate::images::Images;
use crate::secrets;
use crate::tree::Folder;
use luban_platform::Platform;
use luban_platform::lock::Lock;

/// A platform with what is derived from it once for all parts.
#[derive(Debug)]
pub struct Context<'a> {
    pub(crate) platform: &'a Platform,
    pub(crate) images: Images,
    /// Secrets that pull the images of the platform's own tools.
    pub(crate) pull_of_tools: Vec<&'a str>,
}

impl<'a> Context<'a> {
    /// Derives what the parts share.
    ///
    /// # Errors
    /// When an image that the platform uses is none.
    pub fn new(platform: &'a Platform, lock: &Lock) -> Result<Self, CompileError> {
        Ok(Self {
            platform,
            images: Images::new(platform, lock)?,
            pull_of_tools: secrets::pull_of_tools(platform),
        })
    }

    /// The platform.
    pub fn platform(&self) -> &'a Platform {
        self.platform
    }

    /// An empty folder of the tree.
    pub(crate) fn folder(&self, path: impl Into<String>) -> Folder {
        Folder::new(self.platform.name.as_str(), path)
    }
}
