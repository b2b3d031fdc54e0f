//! An algorithm as its register describes it: Algorithmic Transparency Standard v0.3.1.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The version of the standard.
pub const STANDARD_VERSION: &str = "0.3.1";

macro_rules! entry {
    (
        required { $($(#[$required_doc:meta])* $required:ident: $kind:ty,)* }
        optional { $($(#[$optional_doc:meta])* $optional:ident = $name:literal,)* }
    ) => {
        /// One entry of an algorithm register.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub struct AlgorithmEntry {
            $($(#[$required_doc])* pub $required: $kind,)*
            /// What the algorithm does for whom.
            #[serde(rename = "type")]
            pub kind: UseKind,
            $(
                $(#[$optional_doc])*
                #[serde(rename = $name, default, skip_serializing_if = "Option::is_none")]
                pub $optional: Option<String>,
            )*
        }
    };
}

entry! {
    required {
        /// What it is called.
        name: String,
        /// What it is, in at most 150 characters.
        description_short: String,
        /// Who answers for its use.
        organization: String,
        /// The part of the organisation that uses it.
        department: String,
        /// Where questions about it go.
        contact_email: String,
        /// Where it is used.
        area: String,
        /// The field of life, one of the standard's list.
        domain: String,
        /// How far its use has come.
        status: AlgorithmStatus,
        /// The process that it is part of.
        decision_making_process: String,
        /// What it is to help with.
        goal: String,
        /// What people notice of it.
        impact: String,
        /// What can go wrong, and what is done about it.
        risks: String,
        /// How much can go wrong.
        risk_category: RiskCategory,
        /// Why it is needed, and why it is worth its harm.
        proportionality: String,
        /// The law that it rests on.
        lawful_basis: String,
        /// What it learned from.
        training_data: String,
        /// What it looks at.
        source_data: String,
        /// What it is connected to.
        connected_data_sources: String,
        /// Whether it learns.
        algorithm_type: AlgorithmType,
        /// How it works.
        description: String,
        /// How it is watched.
        monitoring: String,
        /// What a human does about its results.
        human_intervention: String,
        /// How a person objects.
        objection_procedure: String,
        /// The version of the standard: [`STANDARD_VERSION`].
        standard_version: String,
        /// The language of this entry.
        lang: String,
        /// When it was published.
        publication_date: Date,
        /// When it was last changed.
        last_change_date: Date,
        /// When it is looked at again.
        revision_date: Date,
    }
    optional {
        /// Whom to call.
        contact_phone = "contact_phone",
        /// Whom to ask for.
        contact_name = "contact_name",
        /// A page about it.
        website = "website",
        /// A remark.
        remark = "remark",
        /// More about its use.
        documentation = "documentation",
        /// What is uneven in its data.
        data_bias = "data_bias",
        /// What the data protection impact assessment found.
        dpia_description = "DPIA_description",
        /// The data protection impact assessment.
        dpia_url = "DPIA_url",
        /// Its methods.
        methods_and_models = "methods_and_models",
        /// How well it works.
        performance = "performance",
        /// What else was thought of.
        alternatives_considered = "alternatives_considered",
        /// Where the product is described.
        product_information = "product_information",
        /// Its source code.
        codebase_url = "codebase_url",
        /// The product's page.
        product_page = "product_page",
        /// What the algorithm impact assessment found.
        aia_description = "AIA_description",
        /// The algorithm impact assessment.
        aia_url = "AIA_url",
        /// How its results are undone.
        rollback = "rollback",
        /// Its identifier.
        uuid = "uuid",
        /// What will be looked at again.
        revision_note = "revision_note",
        /// Words to find it by.
        keywords = "keywords",
    }
}

/// How far the use of an algorithm has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AlgorithmStatus {
    /// Thought of.
    Planned,
    /// Being designed.
    Design,
    /// Being built.
    Development,
    /// Being tried.
    Pilot,
    /// Being judged.
    Evaluation,
    /// In use.
    Operational,
    /// No longer in use.
    Retired,
}

/// How much can go wrong, after the EU's proposal on AI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RiskCategory {
    /// Little.
    #[serde(rename = "minimal risk")]
    Minimal,
    /// Some.
    #[serde(rename = "limited risk")]
    Limited,
    /// Much.
    #[serde(rename = "high risk")]
    High,
    /// Too much.
    #[serde(rename = "unacceptable")]
    Unacceptable,
}

/// Whether an algorithm learns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AlgorithmType {
    /// It learns by itself.
    SelfLearning,
    /// It follows rules.
    RuleBased,
    /// It does both.
    Hybrid,
}

/// What an algorithm does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UseKind {
    /// It says what is.
    Descriptive,
    /// It says why.
    Diagnostic,
    /// It says what may come.
    Predictive,
    /// It says what to do.
    Prescriptive,
}
