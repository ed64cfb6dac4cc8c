//! Fields of which exactly one may be set, as enums.

use luban_api_core::one_of;
use luban_api_core::{Union, k8s_openapi::api::core::v1::ObjectReference};

use crate::{
    Blob, BuildBuilderSpec, BuildCacheConfig, BuildPersistentVolumeCache, Git, ImageCacheConfig,
    ImagePersistentVolumeCache, Registry, RegistryCache, ResolvedBlobSource, ResolvedGitSource,
    ResolvedRegistrySource, ResolvedSourceConfig, SourceConfig,
};

/// Every union of this group.
pub const UNIONS: &[Union] = &[
    Source::UNION,
    ResolvedSource::UNION,
    BuilderImage::UNION,
    CachePlace::UNION,
    BuildCachePlace::UNION,
];

one_of! {
    /// Where source code is.
    pub enum Source<'a>: exactly one of SourceConfig::source {
        /// In a Git repository.
        Git(&'a Git) = git,
        /// In an archive.
        Blob(&'a Blob) = blob,
        /// In an image.
        Registry(&'a Registry) = registry,
    }
}

one_of! {
    /// What a source is now.
    pub enum ResolvedSource<'a>: exactly one of ResolvedSourceConfig::source {
        /// A commit.
        Git(&'a ResolvedGitSource) = git,
        /// An archive.
        Blob(&'a ResolvedBlobSource) = blob,
        /// An image.
        Registry(&'a ResolvedRegistrySource) = registry,
    }
}

one_of! {
    /// What a build takes its builder from.
    pub enum BuilderImage<'a>: exactly one of BuildBuilderSpec::builder {
        /// An image.
        Image(&'a String) = image,
        /// A Builder or ClusterBuilder.
        Ref(&'a ObjectReference) = ref_ "ref",
    }
}

one_of! {
    /// Where the cache of an image's builds is.
    pub enum CachePlace<'a>: at most one of ImageCacheConfig::place {
        /// In a volume that kpack makes.
        Volume(&'a ImagePersistentVolumeCache) = volume,
        /// In an image.
        Registry(&'a RegistryCache) = registry,
    }
}

one_of! {
    /// Where the cache of a build is.
    pub enum BuildCachePlace<'a>: at most one of BuildCacheConfig::place {
        /// In a volume claim.
        Volume(&'a BuildPersistentVolumeCache) = volume,
        /// In an image.
        Registry(&'a RegistryCache) = registry,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{BuilderImage, CachePlace, Source};
    use crate::{
        BuildBuilderSpec, BuildCacheConfig, ImageCacheConfig, ResolvedSourceConfig, SourceConfig,
    };

    #[test]
    fn a_source_is_the_one_that_is_set_whatever_its_sub_path() {
        let source: SourceConfig = serde_json::from_value(json!({
            "subPath": "app", "git": {"url": "https://git.example/a", "revision": "main"},
        }))
        .unwrap();
        let Ok(Source::Git(git)) = source.source() else {
            panic!("{:?}", source.source());
        };
        assert_eq!(git.revision, "main");
    }

    #[test]
    fn two_sources_or_none_are_an_error_that_names_them() {
        let source: SourceConfig =
            serde_json::from_value(json!({"git": {}, "registry": {}})).unwrap();
        assert_eq!(source.source().unwrap_err().set(), ["git", "registry"]);
        assert!(
            SourceConfig::default()
                .source()
                .unwrap_err()
                .set()
                .is_empty()
        );
        let resolved: ResolvedSourceConfig =
            serde_json::from_value(json!({"blob": {}, "git": {}})).unwrap();
        assert_eq!(resolved.source().unwrap_err().set(), ["git", "blob"]);
    }

    #[test]
    fn a_build_has_one_builder_and_at_most_one_cache() {
        let builder: BuildBuilderSpec =
            serde_json::from_value(json!({"ref": {"kind": "Builder", "name": "b"}})).unwrap();
        assert!(matches!(builder.builder(), Ok(BuilderImage::Ref(_))));
        assert!(BuildBuilderSpec::default().builder().is_err());
        let cache: ImageCacheConfig =
            serde_json::from_value(json!({"registry": {"tag": "a:cache"}})).unwrap();
        assert!(matches!(cache.place(), Ok(Some(CachePlace::Registry(_)))));
        let cache: BuildCacheConfig =
            serde_json::from_value(json!({"registry": {}, "volume": {}})).unwrap();
        assert_eq!(cache.place().unwrap_err().set(), ["volume", "registry"]);
        assert_eq!(BuildCacheConfig::default().place(), Ok(None));
    }
}
