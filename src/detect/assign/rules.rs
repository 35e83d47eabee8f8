//! Under which rule a finding of the assignment detector is told.

use crate::detect::judge::promise::Kind;
use crate::model::Rule;
use crate::rules::RuleSet;

/// The rules that the detector speaks for; one that is off is none.
#[derive(Debug)]
pub(in crate::detect) struct Rules {
    pub(super) password: Option<&'static Rule>,
    pub(super) secret: Option<&'static Rule>,
    pub(super) token: Option<&'static Rule>,
    pub(super) api_key: Option<&'static Rule>,
    pub(super) basic: Option<&'static Rule>,
    pub(super) bearer: Option<&'static Rule>,
    pub(super) sql: Option<&'static Rule>,
    pub(super) command_line: Option<&'static Rule>,
    pub(super) cloud_init: Option<&'static Rule>,
    pub(super) manifest: Option<&'static Rule>,
}

impl Rules {
    /// Those of `rules` that are on.
    pub(in crate::detect) fn of(rules: &RuleSet) -> Self {
        Self {
            password: rules.find("generic-password"),
            secret: rules.find("generic-secret"),
            token: rules.find("generic-token"),
            api_key: rules.find("generic-api-key"),
            basic: rules.find("authorization-basic"),
            bearer: rules.find("authorization-bearer"),
            sql: rules.find("sql-password"),
            command_line: rules.find("command-line-password"),
            cloud_init: rules.find("cloud-init-password"),
            manifest: rules.find("kubernetes-secret"),
        }
    }

    pub(super) fn for_kind(&self, kind: Kind) -> Option<&'static Rule> {
        match kind {
            Kind::Password | Kind::Labelled => self.password,
            Kind::Secret | Kind::Auth => self.secret,
            Kind::Token => self.token,
            Kind::ApiKey | Kind::Key => self.api_key,
        }
    }
}
