//! The file store: content-addressed bytes behind `object_store` (a local folder, or S3-compatible storage).
//!
//! Equal bytes are stored once, under their SHA-256. Nothing is ever overwritten, so a crash can leave an unused
//! file but never a wrong one; a database row that names a hash is written only after its bytes are safe.

use std::{path::Path as FsPath, sync::Arc};

use bytes::Bytes;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload, aws::AmazonS3Builder, local::LocalFileSystem, path::Path};
use sha2::{Digest, Sha256};

use crate::error::{AppError, AppResult};

/// Handle of the file store; cheap to clone.
#[derive(Clone)]
pub struct Files {
    backend: Arc<dyn ObjectStore>,
    place: String,
}

impl Files {
    /// Opens `DIR` or `s3://bucket/prefix` (credentials and endpoint from the usual `AWS_*` variables).
    pub fn open(place: &str) -> AppResult<Self> {
        let backend: Arc<dyn ObjectStore> = match place.strip_prefix("s3://") {
            Some(rest) => Arc::new(open_s3(rest)?),
            None => Arc::new(open_folder(FsPath::new(place))?),
        };
        Ok(Self { backend, place: place.to_owned() })
    }

    /// What the configuration said.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Stores bytes and returns their SHA-256 in hexadecimal. Storing the same bytes again costs one look-up.
    pub async fn put(&self, bytes: Bytes) -> AppResult<String> {
        let hash = hash_of(&bytes);
        let path = path_of(&hash);
        if self.backend.head(&path).await.is_ok() {
            return Ok(hash);
        }
        self.backend.put(&path, PutPayload::from_bytes(bytes)).await.map_err(AppError::internal)?;
        Ok(hash)
    }

    /// Reads the bytes with this hash; `None` when they are not there.
    pub async fn get(&self, hash: &str) -> AppResult<Option<Bytes>> {
        match self.backend.get(&path_of(hash)).await {
            Ok(found) => Ok(Some(found.bytes().await.map_err(AppError::internal)?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(AppError::internal(error)),
        }
    }

    /// True when bytes with this hash are stored.
    pub async fn has(&self, hash: &str) -> AppResult<bool> {
        match self.backend.head(&path_of(hash)).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(AppError::internal(error)),
        }
    }
}

/// SHA-256 of bytes, in hexadecimal.
pub fn hash_of(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

fn path_of(hash: &str) -> Path {
    let (fan, _) = hash.split_at_checked(2).unwrap_or((hash, ""));
    Path::from(format!("sha256/{fan}/{hash}"))
}

fn open_folder(folder: &FsPath) -> AppResult<LocalFileSystem> {
    std::fs::create_dir_all(folder)
        .map_err(|error| AppError::Internal(format!("无法建立文件目录 {}：{error}", folder.display())))?;
    LocalFileSystem::new_with_prefix(folder)
        .map_err(|error| AppError::Internal(format!("无法使用文件目录 {}：{error}", folder.display())))
}

fn open_s3(rest: &str) -> AppResult<object_store::prefix::PrefixStore<object_store::aws::AmazonS3>> {
    // One TLS provider for the whole process; a second call finds it installed and that is fine.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    let bucket_store = AmazonS3Builder::from_env()
        .with_bucket_name(bucket)
        .with_allow_http(true)
        .build()
        .map_err(|error| AppError::Internal(format!("无法使用对象存储 s3://{rest}：{error}")))?;
    Ok(object_store::prefix::PrefixStore::new(bucket_store, prefix))
}
