//! What is acted upon, reduced to the facts that permission depends on.

use domain::duty::Duty;

/// The thing acted upon. Every `…_path` is a materialised unit path (`/<uuid>/<uuid>/`), see [`domain::unit::Unit`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target<'a> {
    /// The installation as a whole: settings, jobs, the whole audit trail. It counts as lying in the root unit, so
    /// only duties held at the root reach it.
    Platform,
    /// A unit: itself, or the place where something is created, listed, imported or configured.
    Unit {
        /// Path of the unit.
        path: &'a str,
    },
    /// A person, with appointments, sessions and second factor.
    Person {
        /// Path of the unit the person belongs to.
        home_unit_path: &'a str,
        /// True when it is the actor.
        is_self: bool,
    },
    /// A resource with its editions, attachments, findings and placements-to-be.
    Resource {
        /// Path of the unit that owns it.
        unit_path: &'a str,
        /// True once an edition was admitted to the library (入库).
        admitted: bool,
        /// True when other units may read and use it once it is admitted (统一信息资源库 共享共用).
        open: bool,
    },
    /// One step of a running review.
    ReviewStep {
        /// Path of the step's unit: the unit whose reviewers decide.
        unit_path: &'a str,
        /// The duty the step needs.
        duty: Duty,
    },
    /// A site with its columns, placements and releases.
    Site {
        /// Path of its sponsor (主办单位).
        sponsor_path: &'a str,
    },
}

impl<'a> Target<'a> {
    /// Path of the unit the target lies in; `None` for the platform.
    pub fn unit_path(&self) -> Option<&'a str> {
        match *self {
            Self::Platform => None,
            Self::Unit { path } => Some(path),
            Self::Person { home_unit_path, .. } => Some(home_unit_path),
            Self::Resource { unit_path, .. } | Self::ReviewStep { unit_path, .. } => Some(unit_path),
            Self::Site { sponsor_path } => Some(sponsor_path),
        }
    }

    /// Name of the Cedar entity type.
    pub(crate) fn kind(&self) -> Kind {
        match self {
            Self::Platform => Kind::Platform,
            Self::Unit { .. } => Kind::Unit,
            Self::Person { .. } => Kind::Person,
            Self::Resource { .. } => Kind::Resource,
            Self::ReviewStep { .. } => Kind::ReviewStep,
            Self::Site { .. } => Kind::Site,
        }
    }
}

/// Kinds of targets, named as the entity types of the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Platform,
    Unit,
    Person,
    Resource,
    ReviewStep,
    Site,
}

impl Kind {
    /// All kinds, in the order of [`Target`].
    pub(crate) const ALL: [Self; 6] =
        [Self::Platform, Self::Unit, Self::Person, Self::Resource, Self::ReviewStep, Self::Site];

    /// The entity type in the schema.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Platform => "Platform",
            Self::Unit => "Unit",
            Self::Person => "Person",
            Self::Resource => "Resource",
            Self::ReviewStep => "ReviewStep",
            Self::Site => "Site",
        }
    }
}
