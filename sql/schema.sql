-- The tables as the migrations leave them. Written by "make schema"; to be read, not to be run: "ninetwod migrate" makes databases.

CREATE SCHEMA app;

ALTER SCHEMA app OWNER TO ninetwo_owner;

CREATE SCHEMA auth;

ALTER SCHEMA auth OWNER TO ninetwo_auth;

CREATE SCHEMA gate;

ALTER SCHEMA gate OWNER TO ninetwo_api;

CREATE SCHEMA ledger;

ALTER SCHEMA ledger OWNER TO ninetwo_ledger;

CREATE SCHEMA operator;

ALTER SCHEMA operator OWNER TO ninetwo_owner;

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

COMMENT ON EXTENSION btree_gist IS 'support for indexing common datatypes in GiST';

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';

CREATE TYPE app.act_side AS ENUM (
    'judge',
    'hand'
);

ALTER TYPE app.act_side OWNER TO ninetwo_owner;

COMMENT ON TYPE app.act_side IS 'judge: in an auditor''s place; hand: did, wrote, proved or approved the work that is judged (S5).';

CREATE TYPE app.action_state AS ENUM (
    'planned',
    'open',
    'done',
    'returned',
    'dropped'
);

ALTER TYPE app.action_state OWNER TO ninetwo_owner;

CREATE TYPE app.affiliation_kind AS ENUM (
    'employed',
    'contracted',
    'owner'
);

ALTER TYPE app.affiliation_kind OWNER TO ninetwo_owner;

CREATE DOMAIN app.amount AS integer
	CONSTRAINT amount_range CHECK (((VALUE >= 0) AND (VALUE <= 2147483647)));

ALTER DOMAIN app.amount OWNER TO ninetwo_owner;

CREATE DOMAIN app.answer_term AS integer
	CONSTRAINT answer_term_range CHECK (((VALUE >= 1) AND (VALUE <= 90)));

ALTER DOMAIN app.answer_term OWNER TO ninetwo_owner;

CREATE TYPE app.attachment_noun AS ENUM (
    'check',
    'request',
    'finding',
    'response',
    'action',
    'verification'
);

ALTER TYPE app.attachment_noun OWNER TO ninetwo_owner;

CREATE TYPE app.audit_kind AS ENUM (
    'internal',
    'supplier',
    'gap',
    'follow_up'
);

ALTER TYPE app.audit_kind OWNER TO ninetwo_owner;

CREATE DOMAIN app.audit_method AS text
	CONSTRAINT audit_method_check CHECK ((VALUE = ANY (ARRAY['on_site'::text, 'remote'::text])));

ALTER DOMAIN app.audit_method OWNER TO ninetwo_owner;

CREATE DOMAIN app.audit_state AS text
	CONSTRAINT audit_state_check CHECK ((VALUE = ANY (ARRAY['planned'::text, 'prepared'::text, 'fieldwork'::text, 'reporting'::text, 'released'::text, 'closed'::text, 'cancelled'::text])));

ALTER DOMAIN app.audit_state OWNER TO ninetwo_owner;

CREATE TYPE app.cause_method AS ENUM (
    'five_whys',
    'cause_categories',
    'fault_tree',
    'barrier_analysis',
    'other'
);

ALTER TYPE app.cause_method OWNER TO ninetwo_owner;

CREATE DOMAIN app.causes AS jsonb;

ALTER DOMAIN app.causes OWNER TO ninetwo_owner;

COMMENT ON DOMAIN app.causes IS '{
	"type": "array", "maxItems": 50,
	"items": {
		"type": "object", "required": ["text"], "additionalProperties": false,
		"properties": {"question": "prose", "category": "title", "text": "prose"}}}';

CREATE TYPE app.certification_kind AS ENUM (
    'certification',
    'attestation'
);

ALTER TYPE app.certification_kind OWNER TO ninetwo_owner;

CREATE TYPE app.check_method AS ENUM (
    'interview',
    'observation',
    'document',
    'sample'
);

ALTER TYPE app.check_method OWNER TO ninetwo_owner;

CREATE TYPE app.check_result AS ENUM (
    'conform',
    'nonconform',
    'observation',
    'not_assessed'
);

ALTER TYPE app.check_result OWNER TO ninetwo_owner;

CREATE TYPE app.claim_row AS (
	rule text,
	subject uuid,
	object uuid,
	side text,
	period daterange
);

ALTER TYPE app.claim_row OWNER TO ninetwo_owner;

CREATE TYPE app.competence_kind AS ENUM (
    'criterion',
    'lead'
);

ALTER TYPE app.competence_kind OWNER TO ninetwo_owner;

CREATE DOMAIN app.cooling_off AS integer
	CONSTRAINT cooling_off_range CHECK (((VALUE >= 12) AND (VALUE <= 120)));

ALTER DOMAIN app.cooling_off OWNER TO ninetwo_owner;

CREATE DOMAIN app.day AS date
	CONSTRAINT day_range CHECK (((VALUE >= '1900-01-01'::date) AND (VALUE <= '2200-12-31'::date)));

ALTER DOMAIN app.day OWNER TO ninetwo_owner;

COMMENT ON CONSTRAINT day_range ON DOMAIN app.day IS '{
	"problem": "must be a date from 1900 to 2200, as 2026-05-31",
	"schema": {"pattern": "^((19|2[01])[0-9][0-9]|2200)-"}}';

CREATE TYPE app.dispute_decision AS ENUM (
    'upheld',
    'regraded',
    'withdrawn'
);

ALTER TYPE app.dispute_decision OWNER TO ninetwo_owner;

CREATE DOMAIN app.dispute_state AS text
	CONSTRAINT dispute_state_check CHECK ((VALUE = ANY (ARRAY['open'::text, 'decided'::text, 'stands'::text])));

ALTER DOMAIN app.dispute_state OWNER TO ninetwo_owner;

CREATE DOMAIN app.email AS text
	CONSTRAINT email_form CHECK (((VALUE COLLATE "C") ~ '^[A-Za-z0-9.!#$%&''*+/=?^_`{|}~-]+@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?([.][A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$'::text))
	CONSTRAINT email_length CHECK ((char_length(VALUE) <= 254));

ALTER DOMAIN app.email OWNER TO ninetwo_owner;

COMMENT ON CONSTRAINT email_form ON DOMAIN app.email IS 'must be an e-mail address, as ann@example.org';

CREATE DOMAIN app.ending_noun AS text
	CONSTRAINT ending_noun_check CHECK ((VALUE = ANY (ARRAY['affiliation'::text, 'membership'::text, 'certification'::text, 'operation'::text, 'responsibility'::text])));

ALTER DOMAIN app.ending_noun OWNER TO ninetwo_owner;

CREATE DOMAIN app.ending_state AS text
	CONSTRAINT ending_state_check CHECK ((VALUE = ANY (ARRAY['effective'::text, 'proposed'::text, 'countersigned'::text, 'declined'::text, 'replaced'::text])));

ALTER DOMAIN app.ending_state OWNER TO ninetwo_owner;

CREATE TYPE app.evidence_kind AS ENUM (
    'file',
    'statement'
);

ALTER TYPE app.evidence_kind OWNER TO ninetwo_owner;

CREATE DOMAIN app.evidence_state AS text
	CONSTRAINT evidence_state_check CHECK ((VALUE = ANY (ARRAY['uploading'::text, 'stored'::text])));

ALTER DOMAIN app.evidence_state OWNER TO ninetwo_owner;

CREATE DOMAIN app.extension_state AS text
	CONSTRAINT extension_state_check CHECK ((VALUE = ANY (ARRAY['asked'::text, 'granted'::text, 'declined'::text])));

ALTER DOMAIN app.extension_state OWNER TO ninetwo_owner;

CREATE DOMAIN app.file_name AS text
	CONSTRAINT file_name_form CHECK (((VALUE COLLATE "C") ~ '^[^/\\-]+$'::text))
	CONSTRAINT file_name_length CHECK ((char_length(VALUE) <= 255));

ALTER DOMAIN app.file_name OWNER TO ninetwo_owner;

COMMENT ON CONSTRAINT file_name_form ON DOMAIN app.file_name IS 'must be the name of a file, without a path or control characters';

CREATE DOMAIN app.file_size AS bigint
	CONSTRAINT file_size_range CHECK (((VALUE >= 0) AND (VALUE <= 1073741824)));

ALTER DOMAIN app.file_size OWNER TO ninetwo_owner;

CREATE TYPE app.finding_answer AS ENUM (
    'accepted',
    'declined',
    'done'
);

ALTER TYPE app.finding_answer OWNER TO ninetwo_owner;

CREATE TYPE app.finding_state AS ENUM (
    'draft',
    'shared',
    'issued',
    'acknowledged',
    'disputed',
    'planned',
    'plan_accepted',
    'plan_returned',
    'implemented',
    'implementation_returned',
    'not_effective',
    'closed',
    'accepted',
    'declined',
    'done',
    'withdrawn'
);

ALTER TYPE app.finding_state OWNER TO ninetwo_owner;

CREATE TYPE app.grade AS ENUM (
    'major',
    'minor',
    'observation',
    'opportunity',
    'strength'
);

ALTER TYPE app.grade OWNER TO ninetwo_owner;

CREATE DOMAIN app.grade_answers AS jsonb;

ALTER DOMAIN app.grade_answers OWNER TO ninetwo_owner;

COMMENT ON DOMAIN app.grade_answers IS '{
	"type": "object", "required": ["requirement_unmet"], "additionalProperties": false,
	"properties": {
		"requirement_unmet": {"type": "boolean", "description": "Is a requirement not fulfilled?"},
		"absent": {"type": "boolean", "description": "Is a required element absent or totally broken down?"},
		"accumulated": {"type": "boolean", "description": "Do several minors on one requirement add up?"},
		"outcome_at_risk": {"type": "boolean", "description": "Is the certified outcome at risk?"},
		"improvement": {"type": "boolean", "description": "Otherwise: could it be done better?"},
		"strength": {"type": "boolean", "description": "Otherwise: is it done remarkably well?"}}}';

CREATE DOMAIN app.grading_phase AS text
	CONSTRAINT grading_phase_check CHECK ((VALUE = ANY (ARRAY['draft'::text, 'issued'::text])));

ALTER DOMAIN app.grading_phase OWNER TO ninetwo_owner;

CREATE DOMAIN app.grading_state AS text
	CONSTRAINT grading_state_check CHECK ((VALUE = ANY (ARRAY['effective'::text, 'pending'::text, 'dropped'::text])));

ALTER DOMAIN app.grading_state OWNER TO ninetwo_owner;

CREATE DOMAIN app.identifier AS text
	CONSTRAINT identifier_length CHECK ((char_length(VALUE) <= 100))
	CONSTRAINT identifier_not_blank CHECK (((VALUE COLLATE "C") ~ '\S'::text));

ALTER DOMAIN app.identifier OWNER TO ninetwo_owner;

COMMENT ON CONSTRAINT identifier_not_blank ON DOMAIN app.identifier IS 'must not be blank';

CREATE DOMAIN app.impairment_rule AS text
	CONSTRAINT impairment_rule_check CHECK ((VALUE = ANY (ARRAY['S1'::text, 'S2'::text, 'S3'::text])));

ALTER DOMAIN app.impairment_rule OWNER TO ninetwo_owner;

CREATE TYPE app.interest_kind AS ENUM (
    'designed',
    'built',
    'advised',
    'funds',
    'manages',
    'reports_to',
    'offered_post',
    'relation',
    'financial',
    'attestation',
    'other'
);

ALTER TYPE app.interest_kind OWNER TO ninetwo_owner;

CREATE DOMAIN app.invitation_state AS text
	CONSTRAINT invitation_state_check CHECK ((VALUE = ANY (ARRAY['waiting'::text, 'sent'::text, 'used'::text, 'replaced'::text])));

ALTER DOMAIN app.invitation_state OWNER TO ninetwo_owner;

CREATE DOMAIN app.major_term AS integer
	CONSTRAINT major_term_range CHECK (((VALUE >= 1) AND (VALUE <= 365)));

ALTER DOMAIN app.major_term OWNER TO ninetwo_owner;

CREATE DOMAIN app.mapping_relation AS text
	CONSTRAINT mapping_relation_check CHECK ((VALUE = ANY (ARRAY['equal'::text, 'subset'::text, 'superset'::text, 'intersects'::text])));

ALTER DOMAIN app.mapping_relation OWNER TO ninetwo_owner;

CREATE DOMAIN app.mapping_strength AS text
	CONSTRAINT mapping_strength_check CHECK ((VALUE = ANY (ARRAY['strong'::text, 'partial'::text])));

ALTER DOMAIN app.mapping_strength OWNER TO ninetwo_owner;

CREATE DOMAIN app.media_type AS text
	CONSTRAINT media_type_form CHECK (((VALUE COLLATE "C") ~ '^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$'::text));

ALTER DOMAIN app.media_type OWNER TO ninetwo_owner;

COMMENT ON CONSTRAINT media_type_form ON DOMAIN app.media_type IS 'must be a media type, as application/pdf';

CREATE DOMAIN app.meeting AS jsonb;

ALTER DOMAIN app.meeting OWNER TO ninetwo_owner;

COMMENT ON DOMAIN app.meeting IS '{
	"type": "object", "required": ["on"], "additionalProperties": false,
	"properties": {"on": "day", "present": {"type": "array", "maxItems": 200, "items": "title"}, "notes": "prose"}}';

CREATE TYPE app.membership_role AS ENUM (
    'administrator',
    'programme_manager',
    'auditor',
    'auditee',
    'observer',
    'management'
);

ALTER TYPE app.membership_role OWNER TO ninetwo_owner;

CREATE DOMAIN app.minor_term AS integer
	CONSTRAINT minor_term_range CHECK (((VALUE >= 1) AND (VALUE <= 730)));

ALTER DOMAIN app.minor_term OWNER TO ninetwo_owner;

CREATE TYPE app.owed AS (
	subject uuid,
	audit uuid,
	method text,
	token uuid,
	answers boolean,
	on_day date,
	since timestamp with time zone
);

ALTER TYPE app.owed OWNER TO ninetwo_owner;

CREATE TYPE app.party_kind AS ENUM (
    'organisation',
    'supplier',
    'audit_firm',
    'certification_body',
    'customer',
    'regulator'
);

ALTER TYPE app.party_kind OWNER TO ninetwo_owner;

CREATE DOMAIN app.percentage AS integer
	CONSTRAINT percentage_range CHECK (((VALUE >= 0) AND (VALUE <= 100)));

ALTER DOMAIN app.percentage OWNER TO ninetwo_owner;

CREATE DOMAIN app.plan_term AS integer
	CONSTRAINT plan_term_range CHECK (((VALUE >= 1) AND (VALUE <= 180)));

ALTER DOMAIN app.plan_term OWNER TO ninetwo_owner;

CREATE DOMAIN app.progress_kind AS text
	CONSTRAINT progress_kind_check CHECK ((VALUE = ANY (ARRAY['progress'::text, 'done'::text, 'returned'::text, 'handed_over'::text])));

ALTER DOMAIN app.progress_kind OWNER TO ninetwo_owner;

CREATE DOMAIN app.proposal_state AS text
	CONSTRAINT proposal_state_check CHECK ((VALUE = ANY (ARRAY['open'::text, 'countersigned'::text, 'declined'::text, 'withdrawn'::text])));

ALTER DOMAIN app.proposal_state OWNER TO ninetwo_owner;

CREATE DOMAIN app.prose AS text
	CONSTRAINT prose_length CHECK ((char_length(VALUE) <= 20000))
	CONSTRAINT prose_not_blank CHECK (((VALUE COLLATE "C") ~ '\S'::text));

ALTER DOMAIN app.prose OWNER TO ninetwo_owner;

COMMENT ON CONSTRAINT prose_not_blank ON DOMAIN app.prose IS 'must not be blank';

CREATE TYPE app.reason AS (
	rule text,
	message text,
	data jsonb
);

ALTER TYPE app.reason OWNER TO ninetwo_owner;

COMMENT ON TYPE app.reason IS 'Why something is refused: the rule, one sentence, and what error.data says.';

CREATE DOMAIN app.reference AS text
	CONSTRAINT reference_form CHECK (((VALUE COLLATE "C") ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$'::text));

ALTER DOMAIN app.reference OWNER TO ninetwo_owner;

COMMENT ON CONSTRAINT reference_form ON DOMAIN app.reference IS 'must be 1 to 32 letters, digits, dots, dashes and underscores, as F-01';

CREATE TYPE app.refusal AS (
	code text,
	say text,
	args jsonb,
	data jsonb
);

ALTER TYPE app.refusal OWNER TO ninetwo_owner;

COMMENT ON TYPE app.refusal IS 'Why a call is refused: the wire''s code without its sign (2009), the sentence and its arguments, error.data.';

CREATE TYPE app.release_kind AS ENUM (
    'report'
);

ALTER TYPE app.release_kind OWNER TO ninetwo_owner;

CREATE TYPE app.request_state AS ENUM (
    'requested',
    'submitted',
    'returned',
    'accepted',
    'not_applicable'
);

ALTER TYPE app.request_state OWNER TO ninetwo_owner;

CREATE DOMAIN app.requirement_kind AS text
	CONSTRAINT requirement_kind_check CHECK ((VALUE = ANY (ARRAY['clause'::text, 'control'::text, 'criterion'::text, 'own'::text])));

ALTER DOMAIN app.requirement_kind OWNER TO ninetwo_owner;

CREATE DOMAIN app.response_state AS text
	CONSTRAINT response_state_check CHECK ((VALUE = ANY (ARRAY['draft'::text, 'submitted'::text, 'accepted'::text, 'returned'::text])));

ALTER DOMAIN app.response_state OWNER TO ninetwo_owner;

CREATE TYPE app.responsibility_kind AS ENUM (
    'owns',
    'operates',
    'monitors',
    'answers'
);

ALTER TYPE app.responsibility_kind OWNER TO ninetwo_owner;

CREATE TYPE app.safeguard_kind AS ENUM (
    'other_auditor',
    'second_auditor',
    'outside_supervision',
    'exclusion'
);

ALTER TYPE app.safeguard_kind OWNER TO ninetwo_owner;

CREATE DOMAIN app.sha256 AS text
	CONSTRAINT sha256_form CHECK (((VALUE COLLATE "C") ~ '^[0-9A-Fa-f]{64}$'::text));

ALTER DOMAIN app.sha256 OWNER TO ninetwo_owner;

COMMENT ON CONSTRAINT sha256_form ON DOMAIN app.sha256 IS 'must be 64 hexadecimal digits';

CREATE TYPE app.standing AS ENUM (
    'stands',
    'bars'
);

ALTER TYPE app.standing OWNER TO ninetwo_owner;

COMMENT ON TYPE app.standing IS 'stands: it counts for everything. bars: somebody said it of themselves; it keeps them from judging and gives them nothing until somebody free of it confirms it (S7).';

CREATE TYPE app.team_role AS ENUM (
    'lead',
    'auditor',
    'technical_expert',
    'trainee'
);

ALTER TYPE app.team_role OWNER TO ninetwo_owner;

CREATE DOMAIN app.timetable AS jsonb;

ALTER DOMAIN app.timetable OWNER TO ninetwo_owner;

COMMENT ON DOMAIN app.timetable IS '{
	"type": "array", "maxItems": 200,
	"items": {
		"type": "object", "required": ["at", "what"], "additionalProperties": false,
		"properties": {"at": "title", "what": "title", "who": "title"}}}';

CREATE DOMAIN app.title AS text
	CONSTRAINT title_length CHECK ((char_length(VALUE) <= 200))
	CONSTRAINT title_not_blank CHECK (((VALUE COLLATE "C") ~ '\S'::text));

ALTER DOMAIN app.title OWNER TO ninetwo_owner;

COMMENT ON CONSTRAINT title_not_blank ON DOMAIN app.title IS 'must not be blank';

CREATE TYPE app.verification_result AS ENUM (
    'effective',
    'not_effective'
);

ALTER TYPE app.verification_result OWNER TO ninetwo_owner;

CREATE DOMAIN app.zone AS text
	CONSTRAINT zone_form CHECK (((VALUE COLLATE "C") ~ '^[A-Za-z][A-Za-z0-9/_+-]{0,63}$'::text));

ALTER DOMAIN app.zone OWNER TO ninetwo_owner;

COMMENT ON CONSTRAINT zone_form ON DOMAIN app.zone IS 'must be a name of the IANA time-zone database, as Europe/Berlin';

CREATE TABLE app.action (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    finding uuid NOT NULL,
    audit uuid NOT NULL,
    addressed uuid NOT NULL,
    number integer NOT NULL,
    reference text NOT NULL,
    round integer NOT NULL,
    what app.prose NOT NULL,
    owner uuid NOT NULL,
    due app.day NOT NULL,
    first_due app.day NOT NULL,
    extensions integer DEFAULT 0 NOT NULL,
    criterion app.prose NOT NULL,
    judge_from app.day NOT NULL,
    state app.action_state DEFAULT 'planned'::app.action_state NOT NULL,
    percent app.percentage DEFAULT 0 NOT NULL,
    progress app.prose,
    proof app.prose,
    done_by uuid,
    done_at timestamp with time zone,
    returned_by uuid,
    return_reason app.prose,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid DEFAULT app.me(),
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    readers uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    sort_key text GENERATED ALWAYS AS (app.by_numbers(reference)) STORED NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT action_done_has_proof CHECK (((state <> 'done'::app.action_state) OR ((proof IS NOT NULL) AND (done_by IS NOT NULL) AND (done_at IS NOT NULL)))),
    CONSTRAINT action_number_check CHECK ((number > 0)),
    CONSTRAINT action_returned_says_why CHECK (((state <> 'returned'::app.action_state) OR (return_reason IS NOT NULL))),
    CONSTRAINT action_round_check CHECK ((round > 0))
);

ALTER TABLE ONLY app.action FORCE ROW LEVEL SECURITY;

ALTER TABLE app.action OWNER TO ninetwo_owner;

COMMENT ON TABLE app.action IS 'A corrective action: what, who owns it, when it is due, how and from when its effectiveness is judged, and its proof.';

COMMENT ON COLUMN app.action.addressed IS 'The function that answers the finding.';

COMMENT ON COLUMN app.action.first_due IS 'The due date as first planned; no extension hides it.';

COMMENT ON COLUMN app.action.sort_key IS 'Its reference, to sort by.';

CREATE TABLE app.finding (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    audit uuid NOT NULL,
    part uuid NOT NULL,
    number integer NOT NULL,
    reference text NOT NULL,
    from_check uuid,
    title app.title NOT NULL,
    requirements uuid[] NOT NULL,
    criteria jsonb NOT NULL,
    functions uuid[] NOT NULL,
    addressed uuid NOT NULL,
    condition app.prose NOT NULL,
    effect app.prose,
    state app.finding_state DEFAULT 'draft'::app.finding_state NOT NULL,
    grade app.grade,
    computed_grade app.grade,
    answers app.grade_answers,
    grade_reason app.prose,
    graded_by uuid,
    repeats uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    raised_by uuid NOT NULL,
    review_needed boolean DEFAULT false NOT NULL,
    review_of uuid,
    reviewed_by uuid,
    reviewed_at timestamp with time zone,
    impaired_at timestamp with time zone,
    impaired_person uuid,
    shared_at timestamp with time zone,
    share_skipped app.prose,
    issued_at timestamp with time zone,
    issued_on app.day,
    issued_by uuid,
    acknowledge_by app.day,
    acknowledged_at timestamp with time zone,
    acknowledged_by uuid,
    dispute_by app.day,
    containment_due app.day,
    contained_at timestamp with time zone,
    plan_due app.day,
    implementation_due app.day,
    first_due app.day,
    paused_on app.day,
    verifier uuid,
    decider uuid,
    signer uuid,
    rounds integer DEFAULT 0 NOT NULL,
    owners uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    answer_reason app.prose,
    withdraw_reason app.prose,
    ended_at timestamp with time zone,
    next_due app.day,
    readers uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid DEFAULT app.me(),
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    touched bigint DEFAULT 0 NOT NULL,
    sort_key text GENERATED ALWAYS AS (app.by_numbers(reference)) STORED NOT NULL COLLATE pg_catalog."C",
    issued_grade app.grade GENERATED ALWAYS AS (
CASE
    WHEN (issued_at IS NOT NULL) THEN grade
    ELSE NULL::app.grade
END) STORED,
    CONSTRAINT finding_accuracy_or_reason CHECK (((issued_at IS NULL) OR (shared_at IS NOT NULL) OR (share_skipped IS NOT NULL))),
    CONSTRAINT finding_addresses_one_of_its_functions CHECK ((addressed = ANY (functions))),
    CONSTRAINT finding_functions_check CHECK (((cardinality(functions) >= 1) AND (cardinality(functions) <= 20))),
    CONSTRAINT finding_impaired_person CHECK (((impaired_at IS NULL) = (impaired_person IS NULL))),
    CONSTRAINT finding_issued_is_graded CHECK (((issued_at IS NULL) OR ((grade IS NOT NULL) AND (issued_by IS NOT NULL) AND (issued_on IS NOT NULL)))),
    CONSTRAINT finding_number_check CHECK ((number > 0)),
    CONSTRAINT finding_requirements_check CHECK (((cardinality(requirements) >= 1) AND (cardinality(requirements) <= 20))),
    CONSTRAINT finding_review_by_another CHECK (((reviewed_by IS NULL) OR ((reviewed_by IS DISTINCT FROM review_of) AND (reviewed_by IS DISTINCT FROM impaired_person))))
);

ALTER TABLE ONLY app.finding FORCE ROW LEVEL SECURITY;

ALTER TABLE app.finding OWNER TO ninetwo_owner;

COMMENT ON TABLE app.finding IS 'What an audit found: criteria, condition, evidence, effect and grade. A nonconformity is a finding of grade major or minor.';

COMMENT ON COLUMN app.finding.criteria IS 'The cited requirements as they read when they were cited: [{requirement, framework, edition, ref, title}].';

COMMENT ON COLUMN app.finding.repeats IS 'Nonconformities of the three years before, on the same requirement and function.';

COMMENT ON COLUMN app.finding.review_of IS 'The trainee or technical expert whose entry waited last for a review (S12).';

COMMENT ON COLUMN app.finding.first_due IS 'The first due date of implementation, which no extension hides.';

COMMENT ON COLUMN app.finding.paused_on IS 'Disputed since: the clocks of plan and implementation stand.';

COMMENT ON COLUMN app.finding.decider IS 'An eligible auditor off the team, named to decide its dispute where nobody on the team may (S11).';

COMMENT ON COLUMN app.finding.signer IS 'An eligible auditor off the team, named to sign a lower grade or a withdrawal where nobody of the part may (S6); until it is signed.';

COMMENT ON COLUMN app.finding.rounds IS 'How many times its actions were found not effective.';

COMMENT ON COLUMN app.finding.owners IS 'Everyone who owns or ever owned one of its actions.';

COMMENT ON COLUMN app.finding.next_due IS 'The date of the clock that runs now; null where none does.';

COMMENT ON COLUMN app.finding.readers IS 'Tokens of those who may read it; see the head of this migration.';

COMMENT ON COLUMN app.finding.sort_key IS 'Its reference, to sort by: F-2 before F-10.';

COMMENT ON COLUMN app.finding.issued_grade IS 'Its grade since it was issued, to sort by: before, it is told to few.';

CREATE TABLE app.grading (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    finding uuid NOT NULL,
    phase app.grading_phase NOT NULL,
    state app.grading_state NOT NULL,
    grade app.grade,
    computed_grade app.grade,
    answers app.grade_answers,
    reason app.prose,
    decided_by uuid DEFAULT app.me() NOT NULL,
    dispute uuid,
    signature_needed boolean DEFAULT false NOT NULL,
    signed_by uuid,
    signed_at timestamp with time zone,
    impaired_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid DEFAULT app.me(),
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    readers uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    CONSTRAINT grading_after_issue_says_why CHECK ((((phase)::text = 'draft'::text) OR (reason IS NOT NULL))),
    CONSTRAINT grading_pending_needs_signature CHECK ((((state)::text <> 'pending'::text) OR (signature_needed AND (signed_by IS NULL)))),
    CONSTRAINT grading_signed_by_another CHECK ((signed_by <> decided_by))
);

ALTER TABLE ONLY app.grading FORCE ROW LEVEL SECURITY;

ALTER TABLE app.grading OWNER TO ninetwo_owner;

COMMENT ON TABLE app.grading IS 'Every grade ever saved. After issue a lower grade, or a withdrawal (grade null), is pending until a second lead or auditor signs (S6).';

CREATE TABLE app.assignment (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    audit uuid NOT NULL,
    part uuid,
    person uuid NOT NULL,
    role app.team_role NOT NULL,
    assigned_by uuid NOT NULL,
    countersigned_by uuid,
    assigned_on app.day NOT NULL,
    first_act_on app.day,
    ended_on app.day,
    ended_at timestamp with time zone,
    ended_by uuid,
    end_reason app.prose,
    ended_because jsonb,
    impaired_at timestamp with time zone,
    gave_way boolean DEFAULT false NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT assignment_check CHECK (((role = 'lead'::app.team_role) = (part IS NULL)))
);

ALTER TABLE ONLY app.assignment FORCE ROW LEVEL SECURITY;

ALTER TABLE app.assignment OWNER TO ninetwo_owner;

COMMENT ON TABLE app.assignment IS 'A person on the team: of a part, or, as lead, of every part of the audit.';

COMMENT ON COLUMN app.assignment.first_act_on IS 'The day on which they first declared: their window begins on it where that is earlier than the plan''s.';

COMMENT ON COLUMN app.assignment.ended_because IS 'Why a record ended it, as a sentence; end_reason is what somebody wrote who ended it.';

CREATE TABLE app."check" (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    audit uuid NOT NULL,
    part uuid NOT NULL,
    function uuid NOT NULL,
    requirement uuid NOT NULL,
    number integer NOT NULL,
    reference text NOT NULL,
    ref text NOT NULL,
    requirement_title text NOT NULL,
    question app.prose NOT NULL,
    method app.check_method NOT NULL,
    population app.prose,
    sample_size app.amount,
    sample app.prose,
    chosen_by app.prose,
    result app.check_result,
    reason app.prose,
    notes app.prose,
    prepared_by uuid NOT NULL,
    recorded_by uuid,
    recorded_at timestamp with time zone,
    review_needed boolean DEFAULT false NOT NULL,
    reviewed_by uuid,
    reviewed_at timestamp with time zone,
    review_note app.prose,
    impaired_at timestamp with time zone,
    impaired_person uuid,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid DEFAULT app.me(),
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT check_impaired_person CHECK (((impaired_at IS NULL) = (impaired_person IS NULL))),
    CONSTRAINT check_not_assessed_says_why CHECK (((result IS DISTINCT FROM 'not_assessed'::app.check_result) OR (reason IS NOT NULL))),
    CONSTRAINT check_number_check CHECK ((number > 0)),
    CONSTRAINT check_result_by CHECK ((((result IS NULL) = (recorded_by IS NULL)) AND ((result IS NULL) = (recorded_at IS NULL)))),
    CONSTRAINT check_reviewed_by_another CHECK (((reviewed_by <> recorded_by) OR COALESCE((impaired_person <> recorded_by), false)))
);

ALTER TABLE ONLY app."check" FORCE ROW LEVEL SECURITY;

ALTER TABLE app."check" OWNER TO ninetwo_owner;

COMMENT ON TABLE app."check" IS 'One line of an audit''s working papers: requirement x function, what to ask and how, and what came of it.';

COMMENT ON COLUMN app."check".chosen_by IS 'How the sample was chosen.';

COMMENT ON COLUMN app."check".review_needed IS 'Recorded by a trainee or a technical expert: counts once an auditor of the team has reviewed it (S12).';

COMMENT ON COLUMN app."check".impaired_at IS 'When it became known that it was recorded under a conflict (S9); it counts again once another auditor has reviewed or redone it.';

COMMENT ON COLUMN app."check".impaired_person IS 'Who recorded it under the conflict.';

CREATE TABLE app.ticket (
    digest bytea NOT NULL,
    organisation uuid NOT NULL,
    session uuid NOT NULL,
    person uuid NOT NULL,
    evidence uuid NOT NULL,
    direction text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT ticket_digest_check CHECK ((length(digest) = 32)),
    CONSTRAINT ticket_direction_check CHECK ((direction = ANY (ARRAY['up'::text, 'down'::text])))
);

ALTER TABLE ONLY app.ticket FORCE ROW LEVEL SECURITY;

ALTER TABLE app.ticket OWNER TO ninetwo_owner;

COMMENT ON TABLE app.ticket IS 'Leave to move the bytes of one evidence in one direction within one session, 15 minutes, renewed by use.';

CREATE TABLE app.audit (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    reference text NOT NULL,
    kind app.audit_kind NOT NULL,
    title app.title NOT NULL,
    objective app.prose NOT NULL,
    scope app.prose,
    criteria app.prose,
    state app.audit_state DEFAULT 'planned'::text NOT NULL,
    starts_on app.day NOT NULL,
    ends_on app.day NOT NULL,
    audited_from app.day NOT NULL,
    cooling_off_months integer NOT NULL,
    window_from date GENERATED ALWAYS AS (LEAST((audited_from)::date, (((starts_on)::timestamp without time zone - make_interval(months => cooling_off_months)))::date)) STORED NOT NULL,
    sites app.title[] DEFAULT '{}'::app.title[] NOT NULL,
    methods app.audit_method[] DEFAULT '{}'::app.audit_method[] NOT NULL,
    timetable app.timetable DEFAULT '[]'::jsonb NOT NULL,
    opening_meeting app.meeting,
    closing_meeting app.meeting,
    obstacles app.prose,
    conclusion app.prose,
    recipient uuid,
    plan_sent_at timestamp with time zone,
    prepared_at timestamp with time zone,
    fieldwork_at timestamp with time zone,
    reporting_at timestamp with time zone,
    released_at timestamp with time zone,
    closed_at timestamp with time zone,
    cancelled_at timestamp with time zone,
    ended_on app.day,
    cancel_reason app.prose,
    revision_due boolean DEFAULT false NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    touched bigint DEFAULT 0 NOT NULL,
    sort_key text GENERATED ALWAYS AS (app.by_numbers(reference)) STORED NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT audit_check CHECK (((ends_on)::date >= (starts_on)::date)),
    CONSTRAINT audit_check1 CHECK (((audited_from)::date <= (starts_on)::date))
);

ALTER TABLE ONLY app.audit FORCE ROW LEVEL SECURITY;

ALTER TABLE app.audit OWNER TO ninetwo_owner;

COMMENT ON TABLE app.audit IS 'An engagement with objective, criteria, scope in parts, audited period, dates and team (ISO 19011).';

COMMENT ON COLUMN app.audit.audited_from IS 'The first day the audit looks back on.';

COMMENT ON COLUMN app.audit.window_from IS 'First day of S1''s window: the earlier of audited_from and the first day less the cooling-off period.';

COMMENT ON COLUMN app.audit.ended_on IS 'The day it was closed or cancelled: nobody''s last judgement in it is later.';

COMMENT ON COLUMN app.audit.touched IS 'Raised first by every write below the audit, which puts those writes in a line. Neither a version nor an event.';

COMMENT ON COLUMN app.audit.sort_key IS 'Its reference, to sort by: IA-2 before IA-10.';

CREATE TABLE app.competence (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    person uuid NOT NULL,
    kind app.competence_kind NOT NULL,
    framework uuid,
    evaluated_by app.title NOT NULL,
    evaluator uuid,
    method app.prose NOT NULL,
    valid_from app.day NOT NULL,
    valid_until app.day NOT NULL,
    countersigned boolean DEFAULT false NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT competence_by_someone_else CHECK ((evaluator IS DISTINCT FROM person)),
    CONSTRAINT competence_check CHECK (((kind = 'criterion'::app.competence_kind) = (framework IS NOT NULL))),
    CONSTRAINT competence_check1 CHECK (((valid_until)::date >= (valid_from)::date))
);

ALTER TABLE ONLY app.competence FORCE ROW LEVEL SECURITY;

ALTER TABLE app.competence OWNER TO ninetwo_owner;

COMMENT ON TABLE app.competence IS 'An evaluated competence of an auditor (ISO 19011 clause 7): for a criterion, or as a lead. Evaluated by someone else (S12).';

COMMENT ON COLUMN app.competence.countersigned IS 'Proposed by somebody with a responsibility in scope and countersigned by management (S4).';

CREATE TABLE app.ending (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    noun app.ending_noun NOT NULL,
    subject uuid NOT NULL,
    person uuid,
    earlier_until app.day,
    until_date app.day NOT NULL,
    entered_on app.day NOT NULL,
    reason app.prose,
    because jsonb,
    state app.ending_state NOT NULL,
    decided_by uuid,
    decided_at timestamp with time zone,
    decided_reason app.prose,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ending_has_a_reason CHECK ((num_nonnulls(reason, because) = 1))
);

ALTER TABLE ONLY app.ending FORCE ROW LEVEL SECURITY;

ALTER TABLE app.ending OWNER TO ninetwo_owner;

COMMENT ON TABLE app.ending IS 'Every end ever entered of a responsibility, affiliation, operating party, certification or role (S13). `proposed`: dated before the day it was entered; it counts from that day only, until management countersigns.';

COMMENT ON COLUMN app.ending.because IS 'Why the product entered it, as a sentence; `reason` is what somebody wrote.';

CREATE TABLE app.proposal (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    method text NOT NULL,
    params jsonb NOT NULL,
    audit uuid,
    person uuid,
    functions uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    was jsonb DEFAULT '{}'::jsonb NOT NULL,
    summary jsonb NOT NULL,
    state app.proposal_state DEFAULT 'open'::text NOT NULL,
    first_signed_by uuid,
    no_one_free boolean DEFAULT false NOT NULL,
    decided_by uuid,
    decided_at timestamp with time zone,
    decided_reason app.prose,
    outcome uuid,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY app.proposal FORCE ROW LEVEL SECURITY;

ALTER TABLE app.proposal OWNER TO ninetwo_owner;

COMMENT ON TABLE app.proposal IS 'What someone with a responsibility in scope may only propose (S4). It takes effect when a person of management, free of it, countersigns.';

COMMENT ON COLUMN app.proposal.was IS 'Of a change, the fields that it names as they were: it is stale once one of them is another.';

COMMENT ON COLUMN app.proposal.no_one_free IS 'Nobody in management was free of it (leadership itself is audited): two of them signed, or the only one, and the report discloses it.';

CREATE TABLE app.arrangement (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    audit uuid NOT NULL,
    verb text NOT NULL,
    subject uuid NOT NULL,
    maker uuid NOT NULL,
    on_day app.day NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    countersigned_by uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    waits_since timestamp with time zone,
    because text[] DEFAULT '{}'::text[] NOT NULL,
    settled_by uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    settled_at timestamp with time zone,
    settled_how text
);

ALTER TABLE ONLY app.arrangement FORCE ROW LEVEL SECURITY;

ALTER TABLE app.arrangement OWNER TO ninetwo_owner;

COMMENT ON TABLE app.arrangement IS 'Every act by which an audit was arranged: planned, staffed, safeguarded, its competence recorded, somebody named (S4).';

COMMENT ON COLUMN app.arrangement.maker IS 'Who arranged; of a proposal, who proposed it.';

COMMENT ON COLUMN app.arrangement.countersigned_by IS 'Who signed, where it was a proposal: they arranged too.';

COMMENT ON COLUMN app.arrangement.waits_since IS 'Since when it waits for a countersignature; null while it does not.';

COMMENT ON COLUMN app.arrangement.because IS 'Why it waits: the rule and the record by which its maker or a signer stands on a side.';

COMMENT ON COLUMN app.arrangement.settled_how IS 'countersigned; or nobody_free: nobody of management was free, which the report discloses.';

CREATE TABLE app.declaration (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    assignment uuid NOT NULL,
    audit uuid NOT NULL,
    person uuid NOT NULL,
    functions uuid[] NOT NULL,
    statement app.prose NOT NULL,
    signed_at timestamp with time zone DEFAULT now() NOT NULL,
    lapsed_at timestamp with time zone,
    lapse_reason jsonb,
    confirmed_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY app.declaration FORCE ROW LEVEL SECURITY;

ALTER TABLE app.declaration OWNER TO ninetwo_owner;

COMMENT ON TABLE app.declaration IS 'An assignee''s signed declaration of independence for the functions in their scope (S7). It lapses when functions are added, a responsibility begins or an interest changes, and is signed anew.';

CREATE TABLE app.dispute (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    finding uuid NOT NULL,
    state app.dispute_state DEFAULT 'open'::text NOT NULL,
    reason app.prose NOT NULL,
    raised_by uuid DEFAULT app.me() NOT NULL,
    decide_by app.day NOT NULL,
    decision app.dispute_decision,
    decision_reason app.prose,
    decided_by uuid,
    decided_at timestamp with time zone,
    impaired_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid DEFAULT app.me(),
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    readers uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    audit uuid NOT NULL,
    addressed uuid NOT NULL,
    CONSTRAINT dispute_decided CHECK ((((state)::text = 'decided'::text) = ((decision IS NOT NULL) AND (decided_by IS NOT NULL) AND (decision_reason IS NOT NULL))))
);

ALTER TABLE ONLY app.dispute FORCE ROW LEVEL SECURITY;

ALTER TABLE app.dispute OWNER TO ninetwo_owner;

COMMENT ON TABLE app.dispute IS 'A finding is disputed once, within the time set, and decided by somebody who did not raise it (S11).';

CREATE TABLE app.response (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    finding uuid NOT NULL,
    round integer NOT NULL,
    state app.response_state DEFAULT 'draft'::text NOT NULL,
    containment app.prose,
    contained_on app.day,
    no_containment app.prose,
    correction app.prose,
    corrected_on app.day,
    consequences app.prose,
    cause_method app.cause_method,
    root_cause app.prose,
    causes app.causes,
    extent app.prose,
    correction_only app.prose,
    changes app.prose,
    on_behalf_of uuid,
    original uuid,
    written_by uuid DEFAULT app.me() NOT NULL,
    submitted_by uuid,
    submitted_at timestamp with time zone,
    decided_by uuid,
    decided_at timestamp with time zone,
    reason app.prose,
    impaired_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid DEFAULT app.me(),
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    readers uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    audit uuid NOT NULL,
    addressed uuid NOT NULL,
    CONSTRAINT response_decided CHECK ((((state)::text = ANY (ARRAY['accepted'::text, 'returned'::text])) = (decided_by IS NOT NULL))),
    CONSTRAINT response_decided_by_another CHECK (((decided_by <> submitted_by) AND (decided_by <> written_by))),
    CONSTRAINT response_on_behalf_has_original CHECK (((on_behalf_of IS NULL) OR (original IS NOT NULL))),
    CONSTRAINT response_returned_says_why CHECK ((((state)::text <> 'returned'::text) OR (reason IS NOT NULL))),
    CONSTRAINT response_round_check CHECK ((round > 0)),
    CONSTRAINT response_submitted CHECK ((((state)::text = 'draft'::text) OR ((submitted_by IS NOT NULL) AND (submitted_at IS NOT NULL))))
);

ALTER TABLE ONLY app.response FORCE ROW LEVEL SECURITY;

ALTER TABLE app.response OWNER TO ninetwo_owner;

COMMENT ON TABLE app.response IS 'What the auditee says to a finding: containment, correction, consequences, root cause, extent; with its actions it is the plan. One a round.';

COMMENT ON COLUMN app.response.no_containment IS 'Why containment is not applicable.';

COMMENT ON COLUMN app.response.causes IS 'The chain or the categories: [{"question"?, "category"?, "text"}].';

COMMENT ON COLUMN app.response.correction_only IS 'Why a minor needs correction only, without a root cause and actions.';

COMMENT ON COLUMN app.response.changes IS 'Whether ISMS, risk assessment or statement of applicability must change, and how.';

COMMENT ON COLUMN app.response.on_behalf_of IS 'The supplier that never signs in, for which the internal owner recorded it; its original is attached.';

CREATE TABLE app.due (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    noun text NOT NULL,
    subject uuid NOT NULL,
    method text NOT NULL,
    token uuid NOT NULL,
    answers boolean DEFAULT false NOT NULL,
    audit uuid,
    on_day app.day,
    since timestamp with time zone NOT NULL
);

ALTER TABLE ONLY app.due FORCE ROW LEVEL SECURITY;

ALTER TABLE app.due OWNER TO ninetwo_owner;

COMMENT ON TABLE app.due IS 'What people owe, a row for each record, method and token; kept by the transaction that starts, moves or ends it.';

COMMENT ON COLUMN app.due.method IS 'The method that settles it.';

COMMENT ON COLUMN app.due.token IS 'Who owes it, as the ledger names them: a person, whoever is on a part or responsible for a function, a role.';

COMMENT ON COLUMN app.due.answers IS 'Of a function''s people only who owns it or answers for it owes this.';

COMMENT ON COLUMN app.due.on_day IS 'By when; null where no day is set.';

CREATE TABLE app.evidence (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    kind app.evidence_kind NOT NULL,
    state app.evidence_state DEFAULT 'stored'::text NOT NULL,
    title app.title NOT NULL,
    statement app.prose,
    file_name app.file_name,
    media_type app.media_type,
    size app.file_size NOT NULL,
    sha256 bytea,
    effective_on app.day,
    valid_from app.day,
    valid_until app.day,
    revision_of uuid,
    supplied_by uuid NOT NULL,
    leave app.prose,
    leave_by uuid,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid DEFAULT app.me(),
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT evidence_is_one_kind CHECK (
CASE kind
    WHEN 'statement'::app.evidence_kind THEN ((statement IS NOT NULL) AND (file_name IS NULL))
    ELSE ((statement IS NULL) AND (file_name IS NOT NULL) AND (media_type IS NOT NULL))
END),
    CONSTRAINT evidence_revises_another CHECK ((revision_of <> id)),
    CONSTRAINT evidence_sha256_check CHECK ((length(sha256) = 32)),
    CONSTRAINT evidence_stored_has_hash CHECK ((((state)::text = 'uploading'::text) OR (sha256 IS NOT NULL))),
    CONSTRAINT evidence_valid CHECK (((valid_until)::date >= (valid_from)::date))
);

ALTER TABLE ONLY app.evidence FORCE ROW LEVEL SECURITY;

ALTER TABLE app.evidence OWNER TO ninetwo_owner;

COMMENT ON TABLE app.evidence IS 'A file or a statement that supports a check, an answer or a proof. Its bytes never change; what replaces it is a revision.';

COMMENT ON COLUMN app.evidence.effective_on IS 'The day of which it tells, apart from the day it was uploaded.';

COMMENT ON COLUMN app.evidence.leave IS 'The supplier''s leave, or the clause of the contract, to publish it to an outside party.';

CREATE TABLE app.interest (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    audit uuid NOT NULL,
    person uuid NOT NULL,
    function uuid,
    party uuid,
    kind app.interest_kind NOT NULL,
    description app.prose,
    described jsonb,
    derived boolean DEFAULT false NOT NULL,
    safeguard uuid,
    withdrawn_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT interest_in_words CHECK (((description IS NULL) = (described IS NOT NULL)))
);

ALTER TABLE ONLY app.interest FORCE ROW LEVEL SECURITY;

ALTER TABLE app.interest OWNER TO ninetwo_owner;

COMMENT ON TABLE app.interest IS 'An interest of a team member other than what S1 to S3 name. It blocks reading and recording until a safeguard is recorded (S7).';

COMMENT ON COLUMN app.interest.described IS 'What it is, as a sentence: of one taken from the records, which nobody describes.';

CREATE TABLE app.evidence_request (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    audit uuid NOT NULL,
    part uuid NOT NULL,
    function uuid NOT NULL,
    from_check uuid,
    number integer NOT NULL,
    reference text NOT NULL,
    asked app.prose NOT NULL,
    due app.day,
    state app.request_state DEFAULT 'requested'::app.request_state NOT NULL,
    raised_by uuid NOT NULL,
    answer app.prose,
    submitted_by uuid,
    submitted_at timestamp with time zone,
    reason app.prose,
    decided_by uuid,
    decided_at timestamp with time zone,
    impaired_at timestamp with time zone,
    impaired_person uuid,
    reviewed_by uuid,
    reviewed_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid DEFAULT app.me(),
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT evidence_request_number_check CHECK ((number > 0)),
    CONSTRAINT request_decided CHECK (((state = ANY (ARRAY['returned'::app.request_state, 'accepted'::app.request_state, 'not_applicable'::app.request_state])) <= (decided_by IS NOT NULL))),
    CONSTRAINT request_not_by_supplier CHECK (((state <> 'accepted'::app.request_state) OR (decided_by <> submitted_by))),
    CONSTRAINT request_says_why CHECK (((state <> ALL (ARRAY['returned'::app.request_state, 'not_applicable'::app.request_state])) OR (reason IS NOT NULL)))
);

ALTER TABLE ONLY app.evidence_request FORCE ROW LEVEL SECURITY;

ALTER TABLE app.evidence_request OWNER TO ninetwo_owner;

COMMENT ON TABLE app.evidence_request IS 'An evidence request: an auditor asks, whoever is responsible for the function supplies.';

CREATE TABLE app.release (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    audit uuid NOT NULL,
    kind app.release_kind DEFAULT 'report'::app.release_kind NOT NULL,
    revision integer DEFAULT 1 NOT NULL,
    reference text NOT NULL,
    title app.title NOT NULL,
    recipient uuid NOT NULL,
    released_by uuid DEFAULT app.me() NOT NULL,
    content jsonb NOT NULL,
    sha256 bytea NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid DEFAULT app.me(),
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    sort_key text GENERATED ALWAYS AS (app.by_numbers(reference)) STORED NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT release_revision_check CHECK ((revision > 0)),
    CONSTRAINT release_sha256_check CHECK ((length(sha256) = 32))
);

ALTER TABLE ONLY app.release FORCE ROW LEVEL SECURITY;

ALTER TABLE app.release OWNER TO ninetwo_owner;

COMMENT ON TABLE app.release IS 'A report as it was released: frozen. What changes later is a revision, to the same recipients.';

COMMENT ON COLUMN app.release.sha256 IS 'Of the content''s canonical text (content::text in UTF-8).';

COMMENT ON COLUMN app.release.sort_key IS 'Its reference, to sort by.';

CREATE TABLE app.responsibility (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    person uuid NOT NULL,
    function uuid NOT NULL,
    kind app.responsibility_kind NOT NULL,
    acting_for uuid,
    standing app.standing DEFAULT 'stands'::app.standing NOT NULL,
    from_date app.day NOT NULL,
    until_date app.day,
    counts_until app.day,
    period daterange GENERATED ALWAYS AS (daterange((from_date)::date, (counts_until)::date, '[]'::text)) STORED NOT NULL,
    held daterange GENERATED ALWAYS AS (daterange((from_date)::date, (until_date)::date, '[]'::text)) STORED NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT responsibility_check CHECK (((until_date)::date >= (from_date)::date))
);

ALTER TABLE ONLY app.responsibility FORCE ROW LEVEL SECURITY;

ALTER TABLE app.responsibility OWNER TO ninetwo_owner;

COMMENT ON TABLE app.responsibility IS 'A person owns, operates or monitors a function, or answers for it in want of an owner, during a period (S1). One owner at a time; who acts for a responsible person holds the same responsibility for that time.';

CREATE TABLE app.export (
    id uuid DEFAULT app.uuid7() NOT NULL,
    digest bytea NOT NULL,
    organisation uuid NOT NULL,
    session uuid NOT NULL,
    person uuid NOT NULL,
    method text NOT NULL,
    params jsonb NOT NULL,
    columns text[] NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT export_digest_check CHECK ((length(digest) = 32))
);

ALTER TABLE ONLY app.export FORCE ROW LEVEL SECURITY;

ALTER TABLE app.export OWNER TO ninetwo_owner;

COMMENT ON TABLE app.export IS 'Leave to fetch one list as a file, within one session; it begins within 15 minutes.';

CREATE TABLE auth.session (
    id uuid DEFAULT app.uuid7() NOT NULL,
    kind text NOT NULL,
    person uuid NOT NULL,
    digest bytea NOT NULL,
    name text,
    agent text,
    address inet,
    scope text[],
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    seen_at timestamp with time zone DEFAULT now() NOT NULL,
    idle_until timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    ended_by text,
    CONSTRAINT ended_for_a_reason CHECK (((ended_at IS NULL) = (ended_by IS NULL))),
    CONSTRAINT session_agent_check CHECK ((char_length(agent) <= 200)),
    CONSTRAINT session_digest_check CHECK ((length(digest) = 32)),
    CONSTRAINT session_ended_by_check CHECK ((ended_by = ANY (ARRAY['signed_out'::text, 'revoked'::text, 'password'::text, 'disabled'::text]))),
    CONSTRAINT session_kind_check CHECK ((kind = ANY (ARRAY['session'::text, 'token'::text]))),
    CONSTRAINT session_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 100))),
    CONSTRAINT session_scope_check CHECK (((cardinality(scope) >= 1) AND (cardinality(scope) <= 50))),
    CONSTRAINT token_has_name_and_scope CHECK (((kind = 'token'::text) = ((name IS NOT NULL) AND (scope IS NOT NULL))))
);

ALTER TABLE ONLY auth.session FORCE ROW LEVEL SECURITY;

ALTER TABLE auth.session OWNER TO ninetwo_auth;

COMMENT ON TABLE auth.session IS 'Who is signed in: sessions of people and bearer tokens of their scripts, found by the SHA-256 of the secret that the client holds.';

COMMENT ON COLUMN auth.session.scope IS 'Of a token: the methods it may call, as finding.*, finding.list, read or *. Null: all that its person may.';

COMMENT ON COLUMN auth.session.idle_until IS 'Moved on as it is used, at most once a minute; a token has no idle end.';

CREATE TABLE auth.invitation (
    id uuid DEFAULT app.uuid7() NOT NULL,
    person uuid NOT NULL,
    organisation uuid,
    kind text NOT NULL,
    state app.invitation_state DEFAULT 'waiting'::text NOT NULL,
    digest bytea,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    expires_at timestamp with time zone DEFAULT (now() + '24:00:00'::interval) NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    try_at timestamp with time zone DEFAULT now() NOT NULL,
    sent_at timestamp with time zone,
    used_at timestamp with time zone,
    CONSTRAINT invitation_digest_check CHECK ((length(digest) = 32)),
    CONSTRAINT invitation_kind_check CHECK ((kind = ANY (ARRAY['invitation'::text, 'reset'::text]))),
    CONSTRAINT sent_has_code CHECK ((((state)::text <> 'sent'::text) OR (digest IS NOT NULL)))
);

ALTER TABLE ONLY auth.invitation FORCE ROW LEVEL SECURITY;

ALTER TABLE auth.invitation OWNER TO ninetwo_auth;

COMMENT ON TABLE auth.invitation IS 'A one-time code by which a person sets their own password: asked for, sent, used. Valid 24 hours; kept as a digest; no method returns it.';

COMMENT ON COLUMN auth.invitation.state IS 'replaced: a later one was asked for, or another one was used.';

COMMENT ON COLUMN auth.invitation.created_by IS 'The administrator who asked; null where the operator of the machine did.';

CREATE TABLE app.enrolment (
    organisation uuid NOT NULL,
    person uuid NOT NULL,
    name app.title NOT NULL,
    email app.email NOT NULL,
    title app.title,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    touched bigint DEFAULT 0 NOT NULL
);

ALTER TABLE ONLY app.enrolment FORCE ROW LEVEL SECURITY;

ALTER TABLE app.enrolment OWNER TO ninetwo_owner;

COMMENT ON TABLE app.enrolment IS 'A person as one organisation knows them.';

CREATE TABLE app.affiliation (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    person uuid NOT NULL,
    party uuid NOT NULL,
    kind app.affiliation_kind NOT NULL,
    from_date app.day NOT NULL,
    until_date app.day,
    counts_until app.day,
    period daterange GENERATED ALWAYS AS (daterange((from_date)::date, (counts_until)::date, '[]'::text)) STORED NOT NULL,
    held daterange GENERATED ALWAYS AS (daterange((from_date)::date, (until_date)::date, '[]'::text)) STORED NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT affiliation_check CHECK (((until_date)::date >= (from_date)::date))
);

ALTER TABLE ONLY app.affiliation FORCE ROW LEVEL SECURITY;

ALTER TABLE app.affiliation OWNER TO ninetwo_owner;

COMMENT ON TABLE app.affiliation IS 'A person is employed by, contracted to or owner of a party. Several at a time are usual, and each counts (S2, S3).';

CREATE TABLE app.party (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    name app.title NOT NULL,
    legal_identifier app.identifier NOT NULL,
    kinds app.party_kind[] NOT NULL,
    affiliates uuid,
    affiliates_from app.day,
    in_group boolean DEFAULT false NOT NULL,
    in_group_from app.day,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    touched bigint DEFAULT 0 NOT NULL,
    CONSTRAINT party_kinds_check CHECK ((cardinality(kinds) > 0))
);

ALTER TABLE ONLY app.party FORCE ROW LEVEL SECURITY;

ALTER TABLE app.party OWNER TO ninetwo_owner;

COMMENT ON TABLE app.party IS 'One legal entity, recorded once per organisation.';

COMMENT ON COLUMN app.party.affiliates IS 'Parties of one group carry the same value: what binds one of them under S3 binds all.';

COMMENT ON COLUMN app.party.affiliates_from IS 'Since when they do, or since when no longer; null: as far as is known.';

COMMENT ON COLUMN app.party.in_group IS 'Part of the organisation''s own group, as management records: S2 does not apply inside it.';

COMMENT ON COLUMN app.party.in_group_from IS 'Since when it is, or is not; null: as far as is known.';

CREATE TABLE app.certification (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    party uuid NOT NULL,
    kind app.certification_kind NOT NULL,
    framework_name app.title NOT NULL,
    from_date app.day NOT NULL,
    until_date app.day,
    counts_until app.day,
    period daterange GENERATED ALWAYS AS (daterange((from_date)::date, (counts_until)::date, '[]'::text)) STORED NOT NULL,
    held daterange GENERATED ALWAYS AS (daterange((from_date)::date, (until_date)::date, '[]'::text)) STORED NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT certification_check CHECK (((until_date)::date >= (from_date)::date))
);

ALTER TABLE ONLY app.certification FORCE ROW LEVEL SECURITY;

ALTER TABLE app.certification OWNER TO ninetwo_owner;

COMMENT ON TABLE app.certification IS 'A party certifies (ISO/IEC 17021-1) or attests (SOC 2) the organisation during a period (S3, S7).';

CREATE TABLE app.part (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    audit uuid NOT NULL,
    ordinal integer NOT NULL,
    title app.title NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY app.part FORCE ROW LEVEL SECURITY;

ALTER TABLE app.part OWNER TO ninetwo_owner;

COMMENT ON TABLE app.part IS 'A part of an audit''s scope with its own functions and its own team: S1 to S4 are judged per part.';

CREATE TABLE app.extension (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    finding uuid NOT NULL,
    action uuid NOT NULL,
    state app.extension_state DEFAULT 'asked'::text NOT NULL,
    due_before app.day NOT NULL,
    until app.day NOT NULL,
    reason app.prose NOT NULL,
    asked_by uuid DEFAULT app.me() NOT NULL,
    decided_by uuid,
    decided_at timestamp with time zone,
    decision_reason app.prose,
    impaired_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid DEFAULT app.me(),
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    readers uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    audit uuid NOT NULL,
    addressed uuid NOT NULL,
    CONSTRAINT extension_decided CHECK ((((state)::text = 'asked'::text) = (decided_by IS NULL))),
    CONSTRAINT extension_decided_by_another CHECK ((decided_by <> asked_by)),
    CONSTRAINT extension_is_later CHECK (((until)::date > (due_before)::date))
);

ALTER TABLE ONLY app.extension FORCE ROW LEVEL SECURITY;

ALTER TABLE app.extension OWNER TO ninetwo_owner;

COMMENT ON TABLE app.extension IS 'A later due date asked for an action, and decided by somebody S5 allows.';

CREATE TABLE app.function (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    reference app.reference NOT NULL,
    name app.title NOT NULL,
    description app.prose,
    parent uuid,
    answerable uuid,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    touched bigint DEFAULT 0 NOT NULL,
    sort_key text GENERATED ALWAYS AS (app.by_numbers((reference)::text)) STORED NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT function_check CHECK ((parent <> id))
);

ALTER TABLE ONLY app.function FORCE ROW LEVEL SECURITY;

ALTER TABLE app.function OWNER TO ninetwo_owner;

COMMENT ON TABLE app.function IS 'An auditable activity: a process, a unit, a service. A responsibility of any kind, and an operating party, for a function holds for its sub-functions.';

COMMENT ON COLUMN app.function.answerable IS 'Whom management names to answer for a function without an owner.';

COMMENT ON COLUMN app.function.sort_key IS 'Its reference, to sort by.';

CREATE TABLE app.membership (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    person uuid NOT NULL,
    role app.membership_role NOT NULL,
    party uuid,
    from_date app.day NOT NULL,
    until_date app.day,
    counts_until app.day,
    period daterange GENERATED ALWAYS AS (daterange((from_date)::date, (counts_until)::date, '[]'::text)) STORED NOT NULL,
    held daterange GENERATED ALWAYS AS (daterange((from_date)::date, (until_date)::date, '[]'::text)) STORED NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT membership_check CHECK (((until_date)::date >= (from_date)::date)),
    CONSTRAINT membership_check1 CHECK (((role = 'observer'::app.membership_role) = (party IS NOT NULL)))
);

ALTER TABLE ONLY app.membership FORCE ROW LEVEL SECURITY;

ALTER TABLE app.membership OWNER TO ninetwo_owner;

COMMENT ON TABLE app.membership IS 'A person''s role in an organisation during a period. An observer''s names the party whose releases they read.';

CREATE TABLE app.operation (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    function uuid NOT NULL,
    party uuid NOT NULL,
    from_date app.day NOT NULL,
    until_date app.day,
    counts_until app.day,
    period daterange GENERATED ALWAYS AS (daterange((from_date)::date, (counts_until)::date, '[]'::text)) STORED NOT NULL,
    held daterange GENERATED ALWAYS AS (daterange((from_date)::date, (until_date)::date, '[]'::text)) STORED NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT operation_check CHECK (((until_date)::date >= (from_date)::date))
);

ALTER TABLE ONLY app.operation FORCE ROW LEVEL SECURITY;

ALTER TABLE app.operation OWNER TO ninetwo_owner;

COMMENT ON TABLE app.operation IS 'A party operates a function during a period. A party outside the organisation''s group makes the function an outsourced one (S2).';

CREATE TABLE app.organisation (
    id uuid DEFAULT app.uuid7() NOT NULL,
    name app.title NOT NULL,
    timezone app.zone DEFAULT 'UTC'::text NOT NULL,
    cooling_off_months app.cooling_off DEFAULT 12 NOT NULL,
    acknowledge_days app.answer_term DEFAULT 10 NOT NULL,
    dispute_days app.answer_term DEFAULT 10 NOT NULL,
    containment_days app.answer_term DEFAULT 3 NOT NULL,
    plan_days app.plan_term DEFAULT 14 NOT NULL,
    major_days app.major_term DEFAULT 30 NOT NULL,
    minor_days app.minor_term DEFAULT 90 NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    touched bigint DEFAULT 0 NOT NULL
);

ALTER TABLE ONLY app.organisation FORCE ROW LEVEL SECURITY;

ALTER TABLE app.organisation OWNER TO ninetwo_owner;

COMMENT ON TABLE app.organisation IS 'The audited client, the tenant. Periods in days are conventions that it sets itself; cooling-off may be lengthened beyond 12 months, never shortened (S1).';

CREATE TABLE app.act (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    person uuid NOT NULL,
    side app.act_side NOT NULL,
    on_day app.day NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    method text NOT NULL,
    noun text NOT NULL,
    subject uuid NOT NULL,
    audit uuid NOT NULL,
    part uuid,
    finding uuid,
    functions uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    assignment uuid,
    object uuid,
    undoes uuid
);

ALTER TABLE ONLY app.act FORCE ROW LEVEL SECURITY;

ALTER TABLE app.act OWNER TO ninetwo_owner;

COMMENT ON TABLE app.act IS 'Every write by somebody in an auditor''s place, and every hand in the work that an audit judges; never changed.';

COMMENT ON COLUMN app.act.on_day IS 'The day by the organisation''s clock on which it was done.';

COMMENT ON COLUMN app.act.method IS 'By which method; what ended a day by itself says so in the same words.';

COMMENT ON COLUMN app.act.subject IS 'The record that was written, of this noun.';

COMMENT ON COLUMN app.act.functions IS 'The functions that it was about, as they were then.';

COMMENT ON COLUMN app.act.assignment IS 'The assignment under which it was done; null off the team.';

COMMENT ON COLUMN app.act.object IS 'The finding or request whose work it judged or had a hand in (S5); null where S5 asks nothing of it.';

COMMENT ON COLUMN app.act.undoes IS 'The record that it unmade or changed, where that is another''s.';

CREATE TABLE app.attachment (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    evidence uuid NOT NULL,
    noun app.attachment_noun NOT NULL,
    subject uuid NOT NULL,
    audit uuid NOT NULL,
    part uuid NOT NULL,
    function uuid,
    finding uuid,
    attached_by uuid DEFAULT app.me() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid DEFAULT app.me(),
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT attachment_to_finding CHECK (((finding IS NULL) = (noun = ANY (ARRAY['check'::app.attachment_noun, 'request'::app.attachment_noun])))),
    CONSTRAINT attachment_to_request CHECK (((function IS NULL) = (noun <> 'request'::app.attachment_noun)))
);

ALTER TABLE ONLY app.attachment FORCE ROW LEVEL SECURITY;

ALTER TABLE app.attachment OWNER TO ninetwo_owner;

COMMENT ON TABLE app.attachment IS 'One evidence supports one record; an evidence may support many.';

CREATE TABLE app.audit_plan_version (
    organisation uuid NOT NULL,
    audit uuid NOT NULL,
    audit_version integer NOT NULL,
    reason app.prose NOT NULL,
    plan jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid
);

ALTER TABLE ONLY app.audit_plan_version FORCE ROW LEVEL SECURITY;

ALTER TABLE app.audit_plan_version OWNER TO ninetwo_owner;

COMMENT ON TABLE app.audit_plan_version IS 'What the plan said before each change made from `prepared` on, and why it changed (S4).';

CREATE TABLE app.audit_requirement (
    organisation uuid NOT NULL,
    audit uuid NOT NULL,
    requirement uuid NOT NULL,
    not_covered app.prose
);

ALTER TABLE ONLY app.audit_requirement FORCE ROW LEVEL SECURITY;

ALTER TABLE app.audit_requirement OWNER TO ninetwo_owner;

COMMENT ON TABLE app.audit_requirement IS 'The audit criteria: the requirements that it audits against.';

COMMENT ON COLUMN app.audit_requirement.not_covered IS 'Why it was left without a check; said by the lead when fieldwork ended. The report says so (ISO 19011, 6.5.1).';

CREATE VIEW app.called_action AS
 SELECT a.id,
    a.reference
   FROM app.action a
  WHERE (a.organisation = app.org());

ALTER TABLE app.called_action OWNER TO ninetwo_owner;

CREATE VIEW app.called_audit AS
 SELECT a.id,
    a.reference
   FROM app.audit a
  WHERE (a.organisation = app.org());

ALTER TABLE app.called_audit OWNER TO ninetwo_owner;

CREATE VIEW app.called_check AS
 SELECT c.id,
    c.reference
   FROM app."check" c
  WHERE (c.organisation = app.org());

ALTER TABLE app.called_check OWNER TO ninetwo_owner;

CREATE VIEW app.called_finding AS
 SELECT f.id,
    f.reference
   FROM app.finding f
  WHERE (f.organisation = app.org());

ALTER TABLE app.called_finding OWNER TO ninetwo_owner;

CREATE TABLE app.framework (
    id uuid DEFAULT app.uuid7() NOT NULL,
    organisation uuid,
    name app.title NOT NULL,
    edition text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT framework_edition_check CHECK (((char_length(edition) >= 1) AND (char_length(edition) <= 40)))
);

ALTER TABLE ONLY app.framework FORCE ROW LEVEL SECURITY;

ALTER TABLE app.framework OWNER TO ninetwo_owner;

COMMENT ON TABLE app.framework IS 'A versioned catalogue: ISO/IEC 27001:2022, SOC 2 trust services criteria, an organisation''s own requirements.';

CREATE VIEW app.called_framework AS
 SELECT f.id,
    (((f.name)::text || ' '::text) || f.edition) AS name
   FROM app.framework f;

ALTER TABLE app.called_framework OWNER TO ninetwo_owner;

CREATE VIEW app.called_function AS
 SELECT f.id,
    f.name
   FROM app.function f
  WHERE (f.organisation = app.org());

ALTER TABLE app.called_function OWNER TO ninetwo_owner;

CREATE VIEW app.called_part AS
 SELECT p.id,
    p.title
   FROM app.part p
  WHERE (p.organisation = app.org());

ALTER TABLE app.called_part OWNER TO ninetwo_owner;

CREATE VIEW app.called_party AS
 SELECT p.id,
    p.name
   FROM app.party p
  WHERE (p.organisation = app.org());

ALTER TABLE app.called_party OWNER TO ninetwo_owner;

CREATE VIEW app.called_person AS
 SELECT e.person AS id,
    e.name
   FROM app.enrolment e
  WHERE (e.organisation = app.org());

ALTER TABLE app.called_person OWNER TO ninetwo_owner;

CREATE VIEW app.called_release AS
 SELECT r.id,
    r.reference
   FROM app.release r
  WHERE (r.organisation = app.org());

ALTER TABLE app.called_release OWNER TO ninetwo_owner;

CREATE VIEW app.called_request AS
 SELECT r.id,
    r.reference
   FROM app.evidence_request r
  WHERE (r.organisation = app.org());

ALTER TABLE app.called_request OWNER TO ninetwo_owner;

CREATE TABLE app.requirement (
    id uuid DEFAULT app.uuid7() NOT NULL,
    framework uuid NOT NULL,
    ref text NOT NULL,
    parent text,
    kind app.requirement_kind NOT NULL,
    theme text,
    title app.title NOT NULL,
    ordinal integer NOT NULL,
    CONSTRAINT requirement_ref_check CHECK (((char_length(ref) >= 1) AND (char_length(ref) <= 40)))
);

ALTER TABLE ONLY app.requirement FORCE ROW LEVEL SECURITY;

ALTER TABLE app.requirement OWNER TO ninetwo_owner;

COMMENT ON TABLE app.requirement IS 'One requirement of a framework, by its reference and short title.';

CREATE VIEW app.called_requirement AS
 SELECT r.id,
    r.ref
   FROM app.requirement r;

ALTER TABLE app.called_requirement OWNER TO ninetwo_owner;

CREATE TABLE app.chunk (
    organisation uuid NOT NULL,
    digest bytea NOT NULL,
    data bytea NOT NULL,
    CONSTRAINT chunk_data_check CHECK (((length(data) >= 1) AND (length(data) <= 262144))),
    CONSTRAINT chunk_digest_check CHECK ((length(digest) = 32))
);
ALTER TABLE ONLY app.chunk ALTER COLUMN data SET STORAGE EXTERNAL;

ALTER TABLE ONLY app.chunk FORCE ROW LEVEL SECURITY;

ALTER TABLE app.chunk OWNER TO ninetwo_owner;

COMMENT ON TABLE app.chunk IS 'Content-addressed bytes of files, 256 KiB at most; the same content is stored once in an organisation.';

CREATE TABLE app.claim (
    organisation uuid NOT NULL,
    rule text NOT NULL,
    subject uuid NOT NULL,
    object uuid NOT NULL,
    side text NOT NULL,
    period daterange NOT NULL,
    source uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT claim_period_check CHECK ((NOT isempty(period))),
    CONSTRAINT claim_rule_check CHECK ((rule = ANY (ARRAY['S1'::text, 'S2'::text, 'S3'::text, 'S4'::text, 'S5'::text, 'roles'::text])))
);

ALTER TABLE ONLY app.claim FORCE ROW LEVEL SECURITY;

ALTER TABLE app.claim OWNER TO ninetwo_owner;

CREATE TABLE app.confirmation (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    audit uuid NOT NULL,
    function uuid NOT NULL,
    person uuid NOT NULL,
    note app.prose,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    version integer DEFAULT 1 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY app.confirmation FORCE ROW LEVEL SECURITY;

ALTER TABLE app.confirmation OWNER TO ninetwo_owner;

COMMENT ON TABLE app.confirmation IS 'The owner of a function (or who answers for it) confirms, when an audit is prepared, who operates and monitors it.';

CREATE TABLE app.evidence_chunk (
    organisation uuid NOT NULL,
    evidence uuid NOT NULL,
    number integer NOT NULL,
    digest bytea NOT NULL,
    CONSTRAINT evidence_chunk_number_check CHECK ((number >= 0))
);

ALTER TABLE ONLY app.evidence_chunk FORCE ROW LEVEL SECURITY;

ALTER TABLE app.evidence_chunk OWNER TO ninetwo_owner;

COMMENT ON TABLE app.evidence_chunk IS 'Which chunks make up a file, in order.';

CREATE TABLE app.finding_cell (
    organisation uuid NOT NULL,
    finding uuid NOT NULL,
    requirement uuid NOT NULL,
    function uuid NOT NULL,
    addressed boolean NOT NULL
);

ALTER TABLE ONLY app.finding_cell FORCE ROW LEVEL SECURITY;

ALTER TABLE app.finding_cell OWNER TO ninetwo_owner;

COMMENT ON TABLE app.finding_cell IS 'The requirement and function cells that a finding is about; derived from it.';

CREATE TABLE app.fingerprint (
    object text NOT NULL,
    digest bytea NOT NULL,
    CONSTRAINT fingerprint_digest_check CHECK ((length(digest) = 32))
);

ALTER TABLE ONLY app.fingerprint FORCE ROW LEVEL SECURITY;

ALTER TABLE app.fingerprint OWNER TO ninetwo_owner;

COMMENT ON TABLE app.fingerprint IS 'SHA-256 of the description of every function, policy, trigger, constraint, grant as the last migration left it.';

CREATE TABLE app.impairment (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    audit uuid NOT NULL,
    assignment uuid NOT NULL,
    person uuid NOT NULL,
    rule app.impairment_rule NOT NULL,
    source uuid NOT NULL,
    from_date app.day NOT NULL,
    explanation jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    version integer DEFAULT 1 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY app.impairment FORCE ROW LEVEL SECURITY;

ALTER TABLE app.impairment OWNER TO ninetwo_owner;

COMMENT ON TABLE app.impairment IS 'A fact that came to light and under which a person''s work in an audit was done (S9). Their acts are marked; the report says so.';

CREATE TABLE app.kinship (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    party uuid NOT NULL,
    kin uuid NOT NULL,
    from_date app.day,
    until_date app.day,
    period daterange GENERATED ALWAYS AS (daterange((from_date)::date, (until_date)::date, '[]'::text)) STORED NOT NULL
);

ALTER TABLE ONLY app.kinship FORCE ROW LEVEL SECURITY;

ALTER TABLE app.kinship OWNER TO ninetwo_owner;

COMMENT ON TABLE app.kinship IS 'That a party was of a group on some days: every belonging ever, written from what app.party says. Parties with the same kin were of one group; the organisation''s own group has the organisation''s id.';

CREATE TABLE app.mapping (
    source uuid NOT NULL,
    target uuid NOT NULL,
    relation app.mapping_relation NOT NULL,
    strength app.mapping_strength NOT NULL,
    origin text NOT NULL
);

ALTER TABLE ONLY app.mapping FORCE ROW LEVEL SECURITY;

ALTER TABLE app.mapping OWNER TO ninetwo_owner;

COMMENT ON TABLE app.mapping IS 'Requirement to requirement, with its relation and where that was taken from.';

CREATE TABLE app.naming (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    finding uuid NOT NULL,
    person uuid NOT NULL,
    place text NOT NULL,
    from_day app.day NOT NULL,
    until_day app.day,
    met boolean DEFAULT false NOT NULL,
    CONSTRAINT naming_in_order CHECK (((until_day)::date >= (from_day)::date)),
    CONSTRAINT naming_place_check CHECK ((place = ANY (ARRAY['verifier'::text, 'decider'::text, 'signer'::text])))
);

ALTER TABLE ONLY app.naming FORCE ROW LEVEL SECURITY;

ALTER TABLE app.naming OWNER TO ninetwo_owner;

COMMENT ON TABLE app.naming IS 'Whom a finding names to verify it, to decide its dispute or to sign, and when: what they claim rests on it (S1-S3, S5).';

COMMENT ON COLUMN app.naming.met IS 'A fact came to light that stands against it: S3 counts it no longer.';

CREATE TABLE app.part_function (
    organisation uuid NOT NULL,
    part uuid NOT NULL,
    function uuid NOT NULL,
    audit uuid NOT NULL
);

ALTER TABLE ONLY app.part_function FORCE ROW LEVEL SECURITY;

ALTER TABLE app.part_function OWNER TO ninetwo_owner;

CREATE TABLE app.person (
    id uuid DEFAULT app.uuid7() NOT NULL,
    name app.title NOT NULL,
    email app.email NOT NULL,
    disabled_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY app.person FORCE ROW LEVEL SECURITY;

ALTER TABLE app.person OWNER TO ninetwo_owner;

COMMENT ON TABLE app.person IS 'One human, one sign-in, across organisations.';

CREATE TABLE app.progress (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    action uuid NOT NULL,
    finding uuid NOT NULL,
    person uuid DEFAULT app.me() NOT NULL,
    kind app.progress_kind NOT NULL,
    percent app.percentage,
    text app.prose NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    readers uuid[] DEFAULT '{}'::uuid[] NOT NULL
);

ALTER TABLE ONLY app.progress FORCE ROW LEVEL SECURITY;

ALTER TABLE app.progress OWNER TO ninetwo_owner;

COMMENT ON TABLE app.progress IS 'The history of an action: what was said about it, by whom; never changed.';

CREATE TABLE app.publication (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    release uuid NOT NULL,
    party uuid NOT NULL,
    until app.day NOT NULL,
    note app.prose,
    published_by uuid DEFAULT app.me() NOT NULL,
    ended_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid DEFAULT app.me(),
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY app.publication FORCE ROW LEVEL SECURITY;

ALTER TABLE app.publication OWNER TO ninetwo_owner;

COMMENT ON TABLE app.publication IS 'Management publishes a release to an outside party until a date.';

CREATE TABLE app.reading (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    release uuid NOT NULL,
    evidence uuid,
    person uuid DEFAULT app.me() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY app.reading FORCE ROW LEVEL SECURITY;

ALTER TABLE app.reading OWNER TO ninetwo_owner;

COMMENT ON TABLE app.reading IS 'Each reading of a release (S8).';

CREATE TABLE app.release_evidence (
    organisation uuid NOT NULL,
    release uuid NOT NULL,
    evidence uuid NOT NULL,
    added_by uuid DEFAULT app.me() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY app.release_evidence FORCE ROW LEVEL SECURITY;

ALTER TABLE app.release_evidence OWNER TO ninetwo_owner;

COMMENT ON TABLE app.release_evidence IS 'Evidence that goes out with a release.';

CREATE TABLE app.remark (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    finding uuid NOT NULL,
    person uuid DEFAULT app.me() NOT NULL,
    text app.prose NOT NULL,
    at_state app.finding_state NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid DEFAULT app.me(),
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    readers uuid[] DEFAULT '{}'::uuid[] NOT NULL
);

ALTER TABLE ONLY app.remark FORCE ROW LEVEL SECURITY;

ALTER TABLE app.remark OWNER TO ninetwo_owner;

COMMENT ON TABLE app.remark IS 'What was said about a finding''s accuracy, or its dispute; never changed.';

CREATE TABLE app.request (
    person uuid NOT NULL,
    id uuid NOT NULL,
    method text NOT NULL,
    digest bytea NOT NULL,
    reply jsonb,
    at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT request_digest_check CHECK ((length(digest) = 32))
);

ALTER TABLE ONLY app.request FORCE ROW LEVEL SECURITY;

ALTER TABLE app.request OWNER TO ninetwo_owner;

COMMENT ON TABLE app.request IS 'Successful answers by (person, request_id), kept 30 days; a refusal is not kept.';

COMMENT ON COLUMN app.request.digest IS 'SHA-256 of the parameters: the same request_id with others is an error.';

COMMENT ON COLUMN app.request.reply IS 'Null where the answer held a secret and was not kept.';

CREATE TABLE app.retention (
    what text NOT NULL,
    keep interval NOT NULL,
    reason text NOT NULL,
    CONSTRAINT retention_keep_check CHECK ((keep > '00:00:00'::interval))
);

ALTER TABLE ONLY app.retention FORCE ROW LEVEL SECURITY;

ALTER TABLE app.retention OWNER TO ninetwo_owner;

COMMENT ON TABLE app.retention IS 'Retention periods: what the daily sweep removes, and when.';

CREATE TABLE app.safeguard (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    audit uuid NOT NULL,
    person uuid NOT NULL,
    kind app.safeguard_kind NOT NULL,
    reason app.prose NOT NULL,
    countersigned_by uuid,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY app.safeguard FORCE ROW LEVEL SECURITY;

ALTER TABLE app.safeguard OWNER TO ninetwo_owner;

COMMENT ON TABLE app.safeguard IS 'What was arranged so that a declared interest does not decide an audit (S7), and why it suffices.';

CREATE TABLE app.succession (
    organisation uuid NOT NULL,
    predecessor uuid NOT NULL,
    successor uuid NOT NULL,
    on_date app.day NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    CONSTRAINT succession_check CHECK ((predecessor <> successor))
);

ALTER TABLE ONLY app.succession FORCE ROW LEVEL SECURITY;

ALTER TABLE app.succession OWNER TO ninetwo_owner;

COMMENT ON TABLE app.succession IS 'A function that replaces, splits or merges others carries their responsibilities on.';

CREATE TABLE app.upload (
    organisation uuid NOT NULL,
    evidence uuid NOT NULL,
    measured_sha256 bytea,
    used_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT upload_measured_sha256_check CHECK ((length(measured_sha256) = 32))
);

ALTER TABLE ONLY app.upload FORCE ROW LEVEL SECURITY;

ALTER TABLE app.upload OWNER TO ninetwo_owner;

COMMENT ON TABLE app.upload IS 'An upload under way; its row is the line in which chunks are stored.';

COMMENT ON COLUMN app.upload.measured_sha256 IS 'What the server read back from the stored chunks; compared with what the client states.';

CREATE TABLE app.verification (
    organisation uuid NOT NULL,
    id uuid DEFAULT app.uuid7() NOT NULL,
    finding uuid NOT NULL,
    round integer NOT NULL,
    result app.verification_result NOT NULL,
    judgement app.prose NOT NULL,
    verified_by uuid DEFAULT app.me() NOT NULL,
    impaired_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid DEFAULT app.me(),
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    readers uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    audit uuid NOT NULL,
    addressed uuid NOT NULL,
    CONSTRAINT verification_round_check CHECK ((round > 0))
);

ALTER TABLE ONLY app.verification FORCE ROW LEVEL SECURITY;

ALTER TABLE app.verification OWNER TO ninetwo_owner;

COMMENT ON TABLE app.verification IS 'Whether the actions were effective, judged against their criteria by somebody S5 allows.';

CREATE TABLE auth.attempt (
    subject bytea NOT NULL,
    failures integer DEFAULT 0 NOT NULL,
    last_at timestamp with time zone NOT NULL,
    free_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY auth.attempt FORCE ROW LEVEL SECURITY;

ALTER TABLE auth.attempt OWNER TO ninetwo_auth;

COMMENT ON TABLE auth.attempt IS 'Failed sign-ins by account and by address, each as a digest, with the time before which the next is not even looked at.';

CREATE TABLE auth.credential (
    person uuid NOT NULL,
    salt bytea NOT NULL,
    verifier bytea NOT NULL,
    n integer DEFAULT 32768 NOT NULL,
    r integer DEFAULT 8 NOT NULL,
    p integer DEFAULT 3 NOT NULL,
    set_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT credential_salt_check CHECK (((length(salt) >= 16) AND (length(salt) <= 64))),
    CONSTRAINT credential_verifier_check CHECK ((length(verifier) = 32))
);

ALTER TABLE ONLY auth.credential FORCE ROW LEVEL SECURITY;

ALTER TABLE auth.credential OWNER TO ninetwo_auth;

COMMENT ON TABLE auth.credential IS 'A person''s password, as the SHA-256 of scrypt(password, salt). Set by a one-time code and in no other way.';

CREATE TABLE auth.pepper (
    one boolean DEFAULT true NOT NULL,
    value bytea NOT NULL,
    CONSTRAINT pepper_one_check CHECK (one)
);

ALTER TABLE ONLY auth.pepper FORCE ROW LEVEL SECURITY;

ALTER TABLE auth.pepper OWNER TO ninetwo_auth;

COMMENT ON TABLE auth.pepper IS 'One row: what the salts of accounts that do not exist are made from, so that they look and stay like real ones.';

CREATE TABLE ledger.day (
    organisation uuid NOT NULL,
    day date NOT NULL
);

ALTER TABLE ONLY ledger.day FORCE ROW LEVEL SECURITY;

ALTER TABLE ledger.day OWNER TO ninetwo_ledger;

COMMENT ON TABLE ledger.day IS 'The last date, in each organisation''s time zone, on which rights that begin or end by date were brought up to date.';

CREATE TABLE ledger.delivery (
    organisation uuid NOT NULL,
    token uuid NOT NULL,
    "position" bigint NOT NULL
);

ALTER TABLE ONLY ledger.delivery FORCE ROW LEVEL SECURITY;

ALTER TABLE ledger.delivery OWNER TO ninetwo_ledger;

COMMENT ON TABLE ledger.delivery IS 'What a resume walks: the positions that were for the holders of a token. Written by the sequencer, trimmed by age.';

CREATE SEQUENCE ledger.event_id
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER TABLE ledger.event_id OWNER TO ninetwo_ledger;

CREATE TABLE ledger.event (
    id bigint DEFAULT nextval('ledger.event_id'::regclass) NOT NULL,
    organisation uuid,
    at timestamp with time zone DEFAULT now() NOT NULL,
    actor uuid,
    kind text NOT NULL,
    subject uuid NOT NULL,
    version integer,
    tokens uuid[] NOT NULL,
    person uuid,
    token uuid,
    lapses_at timestamp with time zone,
    salt bytea NOT NULL,
    content bytea NOT NULL,
    CONSTRAINT token_of_person CHECK (((person IS NULL) = (token IS NULL)))
);

ALTER TABLE ONLY ledger.event FORCE ROW LEVEL SECURITY;

ALTER TABLE ledger.event OWNER TO ninetwo_ledger;

COMMENT ON TABLE ledger.event IS 'What happened, append-only. Nobody may change or remove a row: there is no policy under which one could.';

COMMENT ON COLUMN ledger.event.organisation IS 'Null for what belongs to no organisation, as a session; such an event reaches no subscriber, only the servers.';

COMMENT ON COLUMN ledger.event.actor IS 'The person who did it; null where the machine''s operator or the calendar did.';

COMMENT ON COLUMN ledger.event.kind IS 'noun.created, noun.STATE when the state changed, else noun.changed; token.gained, token.changed, token.lost.';

COMMENT ON COLUMN ledger.event.tokens IS 'Its audience: whoever holds one of these when it is numbered, and still does when it is delivered.';

COMMENT ON COLUMN ledger.event.person IS 'Of token.*: whose rights changed.';

COMMENT ON COLUMN ledger.event.token IS 'Of token.*: what they hold from here on, or no longer.';

COMMENT ON COLUMN ledger.event.lapses_at IS 'Of token.*: the moment at which the holding ends by itself.';

COMMENT ON COLUMN ledger.event.salt IS '32 random bytes: a commitment to the content that outlives its redaction tells nothing about it.';

COMMENT ON COLUMN ledger.event.content IS 'The exact canonical bytes (UTF-8 JSON) of the record as it was after the change; read by nobody but the ledger.';

CREATE TABLE ledger.holder (
    organisation uuid NOT NULL,
    person uuid NOT NULL,
    syncs bigint DEFAULT 1 NOT NULL
);

ALTER TABLE ONLY ledger.holder FORCE ROW LEVEL SECURITY;

ALTER TABLE ledger.holder OWNER TO ninetwo_ledger;

COMMENT ON TABLE ledger.holder IS 'Updated before a person''s holdings are compared, so that two changes of their rights stand in a line at every isolation level.';

CREATE TABLE ledger.holding (
    organisation uuid NOT NULL,
    person uuid NOT NULL,
    token uuid NOT NULL,
    gained bigint NOT NULL,
    lost bigint,
    lapses_at timestamp with time zone,
    CONSTRAINT lost_after_gained CHECK ((lost > gained))
);

ALTER TABLE ONLY ledger.holding FORCE ROW LEVEL SECURITY;

ALTER TABLE ledger.holding OWNER TO ninetwo_ledger;

COMMENT ON TABLE ledger.holding IS 'The stretches in which a person held a token, from event to event. A person''s own id is a token that they always hold; it is not here.';

CREATE TABLE ledger.incarnation (
    one boolean DEFAULT true NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    since timestamp with time zone DEFAULT now() NOT NULL,
    trimmed bigint DEFAULT 0 NOT NULL,
    CONSTRAINT incarnation_one_check CHECK (one)
);

ALTER TABLE ONLY ledger.incarnation FORCE ROW LEVEL SECURITY;

ALTER TABLE ledger.incarnation OWNER TO ninetwo_ledger;

COMMENT ON TABLE ledger.incarnation IS 'One row. The id is renewed after a restore: positions of another incarnation mean nothing here.';

COMMENT ON COLUMN ledger.incarnation.trimmed IS 'Positions up to this one have left ledger.delivery: who was there last resumes by reading anew.';

CREATE TABLE ledger.pending (
    id bigint NOT NULL
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='2000', autovacuum_vacuum_cost_delay='0');

ALTER TABLE ONLY ledger.pending FORCE ROW LEVEL SECURITY;

ALTER TABLE ledger.pending OWNER TO ninetwo_ledger;

COMMENT ON TABLE ledger.pending IS 'Events that have no position yet. The sequencer reads its low end over and over, hence the eager vacuum.';

CREATE TABLE ledger."position" (
    "position" bigint NOT NULL,
    event bigint NOT NULL,
    CONSTRAINT position_position_check CHECK (("position" > 0))
);

ALTER TABLE ONLY ledger."position" FORCE ROW LEVEL SECURITY;

ALTER TABLE ledger."position" OWNER TO ninetwo_ledger;

COMMENT ON TABLE ledger."position" IS 'The one total order: dense from 1. No foreign key, which would cost the sequencer a check for each row; ninetwod check compares.';

ALTER TABLE ONLY app.act
    ADD CONSTRAINT act_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.action
    ADD CONSTRAINT action_organisation_finding_number_key UNIQUE (organisation, finding, number);

ALTER TABLE ONLY app.action
    ADD CONSTRAINT action_organisation_reference_key UNIQUE (organisation, reference);

ALTER TABLE ONLY app.action
    ADD CONSTRAINT action_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.affiliation
    ADD CONSTRAINT affiliation_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.arrangement
    ADD CONSTRAINT arrangement_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.assignment
    ADD CONSTRAINT assignment_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.attachment
    ADD CONSTRAINT attachment_organisation_subject_evidence_key UNIQUE (organisation, subject, evidence);

ALTER TABLE ONLY app.attachment
    ADD CONSTRAINT attachment_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.audit
    ADD CONSTRAINT audit_organisation_reference_key UNIQUE (organisation, reference);

ALTER TABLE ONLY app.audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.audit_plan_version
    ADD CONSTRAINT audit_plan_version_pkey PRIMARY KEY (organisation, audit, audit_version);

ALTER TABLE ONLY app.audit_requirement
    ADD CONSTRAINT audit_requirement_pkey PRIMARY KEY (organisation, audit, requirement);

ALTER TABLE ONLY app.certification
    ADD CONSTRAINT certification_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app."check"
    ADD CONSTRAINT check_organisation_audit_number_key UNIQUE (organisation, audit, number);

ALTER TABLE ONLY app."check"
    ADD CONSTRAINT check_organisation_reference_key UNIQUE (organisation, reference);

ALTER TABLE ONLY app."check"
    ADD CONSTRAINT check_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.chunk
    ADD CONSTRAINT chunk_pkey PRIMARY KEY (organisation, digest);

ALTER TABLE ONLY app.claim
    ADD CONSTRAINT claim_separation EXCLUDE USING gist (organisation WITH =, rule WITH =, subject WITH =, object WITH =, side WITH <>, period WITH &&);

ALTER TABLE ONLY app.competence
    ADD CONSTRAINT competence_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.confirmation
    ADD CONSTRAINT confirmation_organisation_audit_function_key UNIQUE (organisation, audit, function);

ALTER TABLE ONLY app.confirmation
    ADD CONSTRAINT confirmation_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.declaration
    ADD CONSTRAINT declaration_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.dispute
    ADD CONSTRAINT dispute_once UNIQUE (organisation, finding);

ALTER TABLE ONLY app.dispute
    ADD CONSTRAINT dispute_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.due
    ADD CONSTRAINT due_once UNIQUE (organisation, subject, method, token);

ALTER TABLE ONLY app.due
    ADD CONSTRAINT due_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.ending
    ADD CONSTRAINT ending_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.enrolment
    ADD CONSTRAINT enrolment_pkey PRIMARY KEY (organisation, person);

ALTER TABLE ONLY app.evidence_chunk
    ADD CONSTRAINT evidence_chunk_pkey PRIMARY KEY (organisation, evidence, number);

ALTER TABLE ONLY app.evidence
    ADD CONSTRAINT evidence_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.evidence_request
    ADD CONSTRAINT evidence_request_organisation_audit_number_key UNIQUE (organisation, audit, number);

ALTER TABLE ONLY app.evidence_request
    ADD CONSTRAINT evidence_request_organisation_reference_key UNIQUE (organisation, reference);

ALTER TABLE ONLY app.evidence_request
    ADD CONSTRAINT evidence_request_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.export
    ADD CONSTRAINT export_pkey PRIMARY KEY (id);

ALTER TABLE ONLY app.extension
    ADD CONSTRAINT extension_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.finding_cell
    ADD CONSTRAINT finding_cell_pkey PRIMARY KEY (organisation, finding, requirement, function);

ALTER TABLE ONLY app.finding
    ADD CONSTRAINT finding_organisation_audit_number_key UNIQUE (organisation, audit, number);

ALTER TABLE ONLY app.finding
    ADD CONSTRAINT finding_organisation_reference_key UNIQUE (organisation, reference);

ALTER TABLE ONLY app.finding
    ADD CONSTRAINT finding_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.fingerprint
    ADD CONSTRAINT fingerprint_pkey PRIMARY KEY (object);

ALTER TABLE ONLY app.framework
    ADD CONSTRAINT framework_organisation_name_edition_key UNIQUE NULLS NOT DISTINCT (organisation, name, edition);

ALTER TABLE ONLY app.framework
    ADD CONSTRAINT framework_pkey PRIMARY KEY (id);

ALTER TABLE ONLY app.function
    ADD CONSTRAINT function_organisation_reference_key UNIQUE (organisation, reference);

ALTER TABLE ONLY app.function
    ADD CONSTRAINT function_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.grading
    ADD CONSTRAINT grading_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.impairment
    ADD CONSTRAINT impairment_organisation_assignment_source_key UNIQUE (organisation, assignment, source);

ALTER TABLE ONLY app.impairment
    ADD CONSTRAINT impairment_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.interest
    ADD CONSTRAINT interest_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.kinship
    ADD CONSTRAINT kinship_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.mapping
    ADD CONSTRAINT mapping_pkey PRIMARY KEY (source, target);

ALTER TABLE ONLY app.membership
    ADD CONSTRAINT membership_organisation_person_role_held_excl EXCLUDE USING gist (organisation WITH =, person WITH =, role WITH =, held WITH &&);

ALTER TABLE ONLY app.membership
    ADD CONSTRAINT membership_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.naming
    ADD CONSTRAINT naming_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.operation
    ADD CONSTRAINT operation_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.organisation
    ADD CONSTRAINT organisation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY app.part_function
    ADD CONSTRAINT part_function_pkey PRIMARY KEY (organisation, part, function);

ALTER TABLE ONLY app.part
    ADD CONSTRAINT part_organisation_audit_id_key UNIQUE (organisation, audit, id);

ALTER TABLE ONLY app.part
    ADD CONSTRAINT part_organisation_audit_ordinal_key UNIQUE (organisation, audit, ordinal);

ALTER TABLE ONLY app.part
    ADD CONSTRAINT part_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.party
    ADD CONSTRAINT party_organisation_legal_identifier_key UNIQUE (organisation, legal_identifier);

ALTER TABLE ONLY app.party
    ADD CONSTRAINT party_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (id);

ALTER TABLE ONLY app.progress
    ADD CONSTRAINT progress_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.proposal
    ADD CONSTRAINT proposal_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.publication
    ADD CONSTRAINT publication_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.reading
    ADD CONSTRAINT reading_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.release_evidence
    ADD CONSTRAINT release_evidence_pkey PRIMARY KEY (organisation, release, evidence);

ALTER TABLE ONLY app.release
    ADD CONSTRAINT release_organisation_audit_kind_revision_key UNIQUE (organisation, audit, kind, revision);

ALTER TABLE ONLY app.release
    ADD CONSTRAINT release_organisation_reference_key UNIQUE (organisation, reference);

ALTER TABLE ONLY app.release
    ADD CONSTRAINT release_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.remark
    ADD CONSTRAINT remark_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.request
    ADD CONSTRAINT request_pkey PRIMARY KEY (person, id);

ALTER TABLE ONLY app.requirement
    ADD CONSTRAINT requirement_framework_ref_key UNIQUE (framework, ref);

ALTER TABLE ONLY app.requirement
    ADD CONSTRAINT requirement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY app.response
    ADD CONSTRAINT response_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.response
    ADD CONSTRAINT response_round UNIQUE (organisation, finding, round);

ALTER TABLE ONLY app.responsibility
    ADD CONSTRAINT responsibility_one_owner EXCLUDE USING gist (organisation WITH =, function WITH =, held WITH &&) WHERE (((kind = 'owns'::app.responsibility_kind) AND (acting_for IS NULL) AND (standing = 'stands'::app.standing)));

ALTER TABLE ONLY app.responsibility
    ADD CONSTRAINT responsibility_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.retention
    ADD CONSTRAINT retention_pkey PRIMARY KEY (what);

ALTER TABLE ONLY app.safeguard
    ADD CONSTRAINT safeguard_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY app.succession
    ADD CONSTRAINT succession_pkey PRIMARY KEY (organisation, predecessor, successor);

ALTER TABLE ONLY app.ticket
    ADD CONSTRAINT ticket_pkey PRIMARY KEY (digest);

ALTER TABLE ONLY app.upload
    ADD CONSTRAINT upload_pkey PRIMARY KEY (organisation, evidence);

ALTER TABLE ONLY app.verification
    ADD CONSTRAINT verification_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY auth.attempt
    ADD CONSTRAINT attempt_pkey PRIMARY KEY (subject);

ALTER TABLE ONLY auth.credential
    ADD CONSTRAINT credential_pkey PRIMARY KEY (person);

ALTER TABLE ONLY auth.invitation
    ADD CONSTRAINT invitation_digest_key UNIQUE (digest);

ALTER TABLE ONLY auth.invitation
    ADD CONSTRAINT invitation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY auth.pepper
    ADD CONSTRAINT pepper_pkey PRIMARY KEY (one);

ALTER TABLE ONLY auth.session
    ADD CONSTRAINT session_digest_key UNIQUE (digest);

ALTER TABLE ONLY auth.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (id);

ALTER TABLE ONLY ledger.day
    ADD CONSTRAINT day_pkey PRIMARY KEY (organisation);

ALTER TABLE ONLY ledger.delivery
    ADD CONSTRAINT delivery_pkey PRIMARY KEY (organisation, token, "position");

ALTER TABLE ONLY ledger.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (id);

ALTER TABLE ONLY ledger.holder
    ADD CONSTRAINT holder_pkey PRIMARY KEY (organisation, person);

ALTER TABLE ONLY ledger.holding
    ADD CONSTRAINT holding_pkey PRIMARY KEY (organisation, person, token, gained);

ALTER TABLE ONLY ledger.incarnation
    ADD CONSTRAINT incarnation_pkey PRIMARY KEY (one);

ALTER TABLE ONLY ledger.pending
    ADD CONSTRAINT pending_pkey PRIMARY KEY (id);

ALTER TABLE ONLY ledger."position"
    ADD CONSTRAINT position_event_key UNIQUE (event);

ALTER TABLE ONLY ledger."position"
    ADD CONSTRAINT position_pkey PRIMARY KEY ("position");

CREATE INDEX act_object ON app.act USING btree (organisation, object, person, side) WHERE (object IS NOT NULL);

CREATE INDEX act_person ON app.act USING btree (organisation, person, audit);

CREATE INDEX act_subject ON app.act USING btree (organisation, subject);

CREATE INDEX action_addressed_due ON app.action USING btree (organisation, addressed, due, id);

CREATE INDEX action_addressed_sort_key ON app.action USING btree (organisation, addressed, sort_key, id);

CREATE INDEX action_audit_due ON app.action USING btree (organisation, audit, due, id);

CREATE INDEX action_audit_sort_key ON app.action USING btree (organisation, audit, sort_key, id);

CREATE INDEX action_due ON app.action USING btree (organisation, due, id);

CREATE INDEX action_finding_due ON app.action USING btree (organisation, finding, due, id);

CREATE INDEX action_owner_due ON app.action USING btree (organisation, owner, due, id);

CREATE INDEX action_owner_sort_key ON app.action USING btree (organisation, owner, sort_key, id);

CREATE INDEX action_sort_key ON app.action USING btree (organisation, sort_key, id);

CREATE INDEX action_text ON app.action USING gin (app.folded(((reference || ' '::text) || (what)::text)) public.gin_trgm_ops);

CREATE INDEX affiliation_from ON app.affiliation USING btree (organisation, from_date, id);

CREATE INDEX affiliation_party ON app.affiliation USING btree (organisation, party, from_date);

CREATE INDEX affiliation_person ON app.affiliation USING btree (organisation, person, from_date);

CREATE INDEX arrangement_audit ON app.arrangement USING btree (organisation, audit, maker);

CREATE INDEX assignment_audit ON app.assignment USING btree (organisation, audit, created_at);

CREATE INDEX assignment_created ON app.assignment USING btree (organisation, created_at, id);

CREATE UNIQUE INDEX assignment_once ON app.assignment USING btree (organisation, audit, part, person) WHERE ((part IS NOT NULL) AND (ended_on IS NULL));

CREATE UNIQUE INDEX assignment_one_lead ON app.assignment USING btree (organisation, audit) WHERE ((role = 'lead'::app.team_role) AND (ended_on IS NULL));

CREATE INDEX assignment_person ON app.assignment USING btree (organisation, person, audit);

CREATE INDEX attachment_evidence ON app.attachment USING btree (organisation, evidence);

CREATE INDEX attachment_finding ON app.attachment USING btree (organisation, finding, created_at, id) WHERE (finding IS NOT NULL);

CREATE INDEX attachment_subject ON app.attachment USING btree (organisation, subject, created_at, id);

CREATE INDEX audit_sort_key ON app.audit USING btree (organisation, sort_key, id);

CREATE INDEX audit_starts ON app.audit USING btree (organisation, starts_on DESC, id DESC);

CREATE INDEX audit_state ON app.audit USING btree (organisation, state, starts_on DESC, id DESC);

CREATE INDEX audit_text ON app.audit USING gin (app.folded(((((((reference || ' '::text) || (title)::text) || ' '::text) || (objective)::text) || ' '::text) || COALESCE((scope)::text, ''::text))) public.gin_trgm_ops);

CREATE INDEX certification_from ON app.certification USING btree (organisation, from_date, id);

CREATE INDEX certification_party ON app.certification USING btree (organisation, party, from_date);

CREATE INDEX check_audit_number ON app."check" USING btree (organisation, audit, number, id);

CREATE INDEX check_part_number ON app."check" USING btree (organisation, part, number, id);

CREATE INDEX check_part_updated ON app."check" USING btree (organisation, part, updated_at, id);

CREATE INDEX check_recorded_by ON app."check" USING btree (organisation, recorded_by, audit) WHERE (recorded_by IS NOT NULL);

CREATE INDEX check_text ON app."check" USING gin (app.folded(((reference || ' '::text) || (question)::text)) public.gin_trgm_ops);

CREATE INDEX claim_source ON app.claim USING btree (organisation, source);

CREATE INDEX claim_subject ON app.claim USING btree (organisation, rule, subject, object);

CREATE INDEX competence_person ON app.competence USING btree (organisation, person, valid_until);

CREATE INDEX competence_valid ON app.competence USING btree (organisation, valid_until, id);

CREATE INDEX declaration_audit ON app.declaration USING btree (organisation, audit, signed_at);

CREATE INDEX declaration_created ON app.declaration USING btree (organisation, created_at, id);

CREATE UNIQUE INDEX declaration_current ON app.declaration USING btree (organisation, assignment) WHERE (lapsed_at IS NULL);

CREATE INDEX dispute_addressed ON app.dispute USING btree (organisation, addressed, created_at, id);

CREATE INDEX dispute_audit ON app.dispute USING btree (organisation, audit, created_at, id);

CREATE INDEX dispute_created ON app.dispute USING btree (organisation, created_at, id);

CREATE INDEX due_token ON app.due USING btree (organisation, token, on_day, id);

CREATE INDEX ending_open ON app.ending USING btree (organisation, state, created_at, id);

CREATE INDEX ending_subject ON app.ending USING btree (organisation, subject, created_at);

CREATE UNIQUE INDEX enrolment_email ON app.enrolment USING btree (organisation, lower((email)::text));

CREATE INDEX enrolment_name ON app.enrolment USING btree (organisation, name, person);

CREATE INDEX enrolment_text ON app.enrolment USING gin (app.folded((((name)::text || ' '::text) || (email)::text)) public.gin_trgm_ops);

CREATE INDEX evidence_chunk_digest ON app.evidence_chunk USING btree (organisation, digest);

CREATE INDEX evidence_created ON app.evidence USING btree (organisation, created_at, id);

CREATE INDEX evidence_revision ON app.evidence USING btree (organisation, revision_of) WHERE (revision_of IS NOT NULL);

CREATE INDEX evidence_supplied ON app.evidence USING btree (organisation, supplied_by, created_at DESC, id DESC);

CREATE INDEX evidence_supplied_title ON app.evidence USING btree (organisation, supplied_by, title, id);

CREATE INDEX evidence_text ON app.evidence USING gin (app.folded((((((title)::text || ' '::text) || COALESCE((file_name)::text, ''::text)) || ' '::text) || COALESCE((statement)::text, ''::text))) public.gin_trgm_ops);

CREATE INDEX export_expires ON app.export USING btree (expires_at);

CREATE INDEX extension_addressed ON app.extension USING btree (organisation, addressed, created_at, id);

CREATE INDEX extension_audit ON app.extension USING btree (organisation, audit, created_at, id);

CREATE INDEX extension_created ON app.extension USING btree (organisation, created_at, id);

CREATE INDEX extension_finding ON app.extension USING btree (organisation, finding, created_at, id);

CREATE UNIQUE INDEX extension_one_open ON app.extension USING btree (organisation, action) WHERE ((state)::text = 'asked'::text);

CREATE INDEX finding_addressed_due ON app.finding USING btree (organisation, addressed, next_due, id);

CREATE INDEX finding_addressed_sort_key ON app.finding USING btree (organisation, addressed, sort_key, id);

CREATE INDEX finding_audit_due ON app.finding USING btree (organisation, audit, next_due, id);

CREATE INDEX finding_audit_sort_key ON app.finding USING btree (organisation, audit, sort_key, id);

CREATE INDEX finding_cell_other ON app.finding_cell USING btree (organisation, function, finding) WHERE (NOT addressed);

CREATE INDEX finding_cell_requirement ON app.finding_cell USING btree (organisation, requirement, function);

CREATE INDEX finding_decider ON app.finding USING btree (organisation, decider) WHERE (decider IS NOT NULL);

CREATE INDEX finding_due ON app.finding USING btree (organisation, next_due, id);

CREATE INDEX finding_from_check ON app.finding USING btree (organisation, from_check) WHERE (from_check IS NOT NULL);

CREATE INDEX finding_issued_grade ON app.finding USING btree (organisation, issued_grade, id) WHERE (issued_at IS NOT NULL);

CREATE INDEX finding_issued_on ON app.finding USING btree (organisation, issued_on, id) WHERE (issued_at IS NOT NULL);

CREATE INDEX finding_issued_sort_key ON app.finding USING btree (organisation, sort_key, id) WHERE (issued_at IS NOT NULL);

CREATE INDEX finding_signer ON app.finding USING btree (organisation, signer) WHERE (signer IS NOT NULL);

CREATE INDEX finding_text ON app.finding USING gin (app.folded(((((reference || ' '::text) || (title)::text) || ' '::text) || (condition)::text)) public.gin_trgm_ops);

CREATE INDEX finding_unanswered ON app.finding USING btree (organisation, acknowledge_by) WHERE (state = 'issued'::app.finding_state);

CREATE INDEX finding_verifier ON app.finding USING btree (organisation, verifier) WHERE (verifier IS NOT NULL);

CREATE INDEX function_answerable ON app.function USING btree (organisation, answerable) WHERE (answerable IS NOT NULL);

CREATE INDEX function_name ON app.function USING btree (organisation, name, id);

CREATE INDEX function_parent ON app.function USING btree (organisation, parent) WHERE (parent IS NOT NULL);

CREATE INDEX function_sort_key ON app.function USING btree (organisation, sort_key, id);

CREATE INDEX function_text ON app.function USING gin (app.folded((((((reference)::text || ' '::text) || (name)::text) || ' '::text) || COALESCE((description)::text, ''::text))) public.gin_trgm_ops);

CREATE INDEX grading_finding ON app.grading USING btree (organisation, finding, created_at, id);

CREATE UNIQUE INDEX grading_one_pending ON app.grading USING btree (organisation, finding) WHERE ((state)::text = 'pending'::text);

CREATE INDEX impairment_audit ON app.impairment USING btree (organisation, audit);

CREATE INDEX interest_audit ON app.interest USING btree (organisation, audit, person);

CREATE INDEX kinship_kin ON app.kinship USING btree (organisation, kin);

CREATE INDEX kinship_party ON app.kinship USING btree (organisation, party);

CREATE INDEX mapping_target ON app.mapping USING btree (target);

CREATE INDEX membership_from ON app.membership USING btree (organisation, from_date, id);

CREATE INDEX membership_person ON app.membership USING btree (person, organisation);

CREATE INDEX membership_role ON app.membership USING btree (organisation, role, person);

CREATE INDEX naming_finding ON app.naming USING btree (organisation, finding);

CREATE UNIQUE INDEX naming_one_open ON app.naming USING btree (organisation, finding, place) WHERE (until_day IS NULL);

CREATE INDEX naming_person ON app.naming USING btree (organisation, person);

CREATE INDEX operation_from ON app.operation USING btree (organisation, from_date, id);

CREATE INDEX operation_function ON app.operation USING btree (organisation, function, from_date);

CREATE INDEX operation_party ON app.operation USING btree (organisation, party, from_date);

CREATE INDEX part_function_audit ON app.part_function USING btree (organisation, audit);

CREATE INDEX part_function_function ON app.part_function USING btree (organisation, function);

CREATE INDEX party_affiliates ON app.party USING btree (organisation, affiliates) WHERE (affiliates IS NOT NULL);

CREATE INDEX party_name ON app.party USING btree (organisation, name, id);

CREATE INDEX party_text ON app.party USING gin (app.folded((((name)::text || ' '::text) || (legal_identifier)::text)) public.gin_trgm_ops);

CREATE UNIQUE INDEX person_email ON app.person USING btree (lower((email)::text));

CREATE INDEX progress_action ON app.progress USING btree (organisation, action, created_at, id);

CREATE INDEX proposal_created ON app.proposal USING btree (organisation, created_at, id);

CREATE INDEX proposal_state ON app.proposal USING btree (organisation, state, created_at DESC, id DESC);

CREATE UNIQUE INDEX publication_current ON app.publication USING btree (organisation, release, party) WHERE (ended_at IS NULL);

CREATE INDEX publication_party ON app.publication USING btree (organisation, party, until) WHERE (ended_at IS NULL);

CREATE INDEX reading_release ON app.reading USING btree (organisation, release, created_at, id);

CREATE INDEX release_audit ON app.release USING btree (organisation, audit, created_at, id);

CREATE INDEX release_created ON app.release USING btree (organisation, created_at, id);

CREATE INDEX release_evidence_evidence ON app.release_evidence USING btree (organisation, evidence);

CREATE INDEX release_recipient ON app.release USING btree (organisation, recipient, created_at, id);

CREATE INDEX release_sort_key ON app.release USING btree (organisation, sort_key, id);

CREATE INDEX release_text ON app.release USING gin (app.folded(((reference || ' '::text) || (title)::text)) public.gin_trgm_ops);

CREATE INDEX remark_finding ON app.remark USING btree (organisation, finding, created_at, id);

CREATE INDEX request_at ON app.request USING btree (at);

CREATE INDEX request_audit ON app.evidence_request USING btree (organisation, audit, id);

CREATE INDEX request_function_due ON app.evidence_request USING btree (organisation, function, due, id);

CREATE INDEX request_function_number ON app.evidence_request USING btree (organisation, function, number, id);

CREATE INDEX request_part_due ON app.evidence_request USING btree (organisation, part, due, id);

CREATE INDEX request_part_number ON app.evidence_request USING btree (organisation, part, number, id);

CREATE INDEX request_text ON app.evidence_request USING gin (app.folded(((reference || ' '::text) || (asked)::text)) public.gin_trgm_ops);

CREATE INDEX requirement_ordinal ON app.requirement USING btree (framework, ordinal);

CREATE INDEX response_addressed ON app.response USING btree (organisation, addressed, created_at, id);

CREATE INDEX response_audit ON app.response USING btree (organisation, audit, created_at, id);

CREATE INDEX response_created ON app.response USING btree (organisation, created_at, id);

CREATE INDEX response_finding ON app.response USING btree (organisation, finding, round, id);

CREATE INDEX responsibility_from ON app.responsibility USING btree (organisation, from_date, id);

CREATE INDEX responsibility_function ON app.responsibility USING btree (organisation, function, from_date);

CREATE INDEX responsibility_person ON app.responsibility USING btree (organisation, person, from_date);

CREATE INDEX succession_successor ON app.succession USING btree (organisation, successor);

CREATE INDEX ticket_evidence ON app.ticket USING btree (organisation, evidence);

CREATE INDEX ticket_expires ON app.ticket USING btree (expires_at);

CREATE INDEX upload_used ON app.upload USING btree (used_at);

CREATE INDEX verification_addressed ON app.verification USING btree (organisation, addressed, created_at, id);

CREATE INDEX verification_audit ON app.verification USING btree (organisation, audit, created_at, id);

CREATE INDEX verification_by ON app.verification USING btree (organisation, verified_by);

CREATE INDEX verification_created ON app.verification USING btree (organisation, created_at, id);

CREATE INDEX verification_finding ON app.verification USING btree (organisation, finding, created_at, id);

CREATE INDEX attempt_last ON auth.attempt USING btree (last_at);

CREATE UNIQUE INDEX invitation_one_open ON auth.invitation USING btree (person) WHERE ((state)::text = ANY (ARRAY['waiting'::text, 'sent'::text]));

CREATE INDEX invitation_organisation ON auth.invitation USING btree (organisation, created_at DESC, id DESC);

CREATE INDEX invitation_person ON auth.invitation USING btree (person, created_at DESC);

CREATE INDEX invitation_waiting ON auth.invitation USING btree (try_at) WHERE ((state)::text = 'waiting'::text);

CREATE INDEX session_expires ON auth.session USING btree (expires_at);

CREATE INDEX session_person ON auth.session USING btree (person, created_at DESC, id DESC);

CREATE INDEX event_subject ON ledger.event USING btree (organisation, subject, id);

CREATE UNIQUE INDEX holding_current ON ledger.holding USING btree (organisation, person, token) WHERE (lost IS NULL);

CREATE INDEX holding_lapse ON ledger.holding USING btree (organisation, lapses_at) WHERE ((lost IS NULL) AND (lapses_at IS NOT NULL));

CREATE TRIGGER a_derive AFTER INSERT OR UPDATE ON app.action FOR EACH ROW EXECUTE FUNCTION app.derive_action();

CREATE TRIGGER a_derive AFTER INSERT ON app.declaration FOR EACH ROW EXECUTE FUNCTION app.derive_declaration();

CREATE TRIGGER a_derive AFTER INSERT OR UPDATE ON app.publication FOR EACH ROW EXECUTE FUNCTION app.derive_publication();

CREATE TRIGGER a_derive AFTER INSERT ON app.release FOR EACH ROW EXECUTE FUNCTION app.derive_release();

CREATE TRIGGER a_kinship AFTER INSERT OR UPDATE OF in_group, affiliates ON app.party FOR EACH ROW EXECUTE FUNCTION app.derive_kinship();

CREATE TRIGGER a_place BEFORE INSERT ON app.dispute FOR EACH ROW EXECUTE FUNCTION app.carry_place();

CREATE TRIGGER a_place BEFORE INSERT ON app.extension FOR EACH ROW EXECUTE FUNCTION app.carry_place();

CREATE TRIGGER a_place BEFORE INSERT ON app.response FOR EACH ROW EXECUTE FUNCTION app.carry_place();

CREATE TRIGGER a_place BEFORE INSERT ON app.verification FOR EACH ROW EXECUTE FUNCTION app.carry_place();

CREATE TRIGGER a_reach AFTER INSERT OR DELETE OR UPDATE ON app.affiliation FOR EACH ROW EXECUTE FUNCTION app.forget_reach();

CREATE TRIGGER a_reach AFTER INSERT OR DELETE OR UPDATE ON app.assignment FOR EACH ROW EXECUTE FUNCTION app.forget_reach();

CREATE TRIGGER a_reach AFTER INSERT OR DELETE OR UPDATE ON app.declaration FOR EACH ROW EXECUTE FUNCTION app.forget_reach();

CREATE TRIGGER a_reach AFTER INSERT OR DELETE OR UPDATE OF parent, answerable ON app.function FOR EACH ROW EXECUTE FUNCTION app.forget_reach();

CREATE TRIGGER a_reach AFTER INSERT OR DELETE OR UPDATE ON app.interest FOR EACH ROW EXECUTE FUNCTION app.forget_reach();

CREATE TRIGGER a_reach AFTER INSERT OR DELETE OR UPDATE ON app.membership FOR EACH ROW EXECUTE FUNCTION app.forget_reach();

CREATE TRIGGER a_reach AFTER INSERT OR DELETE OR UPDATE ON app.part FOR EACH ROW EXECUTE FUNCTION app.forget_reach();

CREATE TRIGGER a_reach AFTER INSERT OR DELETE OR UPDATE ON app.part_function FOR EACH ROW EXECUTE FUNCTION app.forget_reach();

CREATE TRIGGER a_reach AFTER INSERT OR DELETE OR UPDATE ON app.publication FOR EACH ROW EXECUTE FUNCTION app.forget_reach();

CREATE TRIGGER a_reach AFTER INSERT OR DELETE OR UPDATE ON app.release FOR EACH ROW EXECUTE FUNCTION app.forget_reach();

CREATE TRIGGER a_reach AFTER INSERT OR DELETE OR UPDATE ON app.responsibility FOR EACH ROW EXECUTE FUNCTION app.forget_reach();

CREATE TRIGGER a_reach AFTER INSERT OR DELETE OR UPDATE ON app.succession FOR EACH ROW EXECUTE FUNCTION app.forget_reach();

CREATE TRIGGER a_readers BEFORE INSERT ON app.action FOR EACH ROW EXECUTE FUNCTION app.carry_readers('nobody');

CREATE TRIGGER a_readers BEFORE INSERT ON app.dispute FOR EACH ROW EXECUTE FUNCTION app.carry_readers('shared');

CREATE TRIGGER a_readers BEFORE INSERT ON app.extension FOR EACH ROW EXECUTE FUNCTION app.carry_readers('nobody');

CREATE TRIGGER a_readers BEFORE INSERT ON app.grading FOR EACH ROW EXECUTE FUNCTION app.carry_readers('part');

CREATE TRIGGER a_readers BEFORE INSERT ON app.progress FOR EACH ROW EXECUTE FUNCTION app.carry_readers('nobody');

CREATE TRIGGER a_readers BEFORE INSERT ON app.remark FOR EACH ROW EXECUTE FUNCTION app.carry_readers('shared');

CREATE TRIGGER a_readers BEFORE INSERT ON app.response FOR EACH ROW EXECUTE FUNCTION app.carry_readers('nobody');

CREATE TRIGGER a_readers BEFORE INSERT ON app.verification FOR EACH ROW EXECUTE FUNCTION app.carry_readers('nobody');

CREATE TRIGGER b_readers AFTER UPDATE ON app.finding FOR EACH ROW WHEN ((old.readers IS DISTINCT FROM new.readers)) EXECUTE FUNCTION app.readers_changed();

CREATE TRIGGER cells AFTER INSERT OR UPDATE OF requirements, functions, addressed ON app.finding FOR EACH ROW EXECUTE FUNCTION app.derive_finding_cells();

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON app.action FOR EACH ROW EXECUTE FUNCTION app.changed('action');

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON app.affiliation FOR EACH ROW EXECUTE FUNCTION app.changed('affiliation');

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON app.assignment FOR EACH ROW EXECUTE FUNCTION app.changed('assignment');

CREATE TRIGGER changed AFTER INSERT ON app.attachment FOR EACH ROW EXECUTE FUNCTION app.changed('attachment', 'evidence');

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON app.audit FOR EACH ROW EXECUTE FUNCTION app.changed('audit');

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON app.certification FOR EACH ROW EXECUTE FUNCTION app.changed('certification');

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON app."check" FOR EACH ROW EXECUTE FUNCTION app.changed('check');

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON app.competence FOR EACH ROW EXECUTE FUNCTION app.changed('competence');

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON app.confirmation FOR EACH ROW EXECUTE FUNCTION app.changed('confirmation');

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON app.declaration FOR EACH ROW EXECUTE FUNCTION app.changed('declaration');

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON app.dispute FOR EACH ROW EXECUTE FUNCTION app.changed('dispute');

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON app.ending FOR EACH ROW EXECUTE FUNCTION app.changed('ending');

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON app.enrolment FOR EACH ROW EXECUTE FUNCTION app.changed('person', 'person');

CREATE TRIGGER changed AFTER INSERT OR DELETE OR UPDATE ON app.evidence FOR EACH ROW EXECUTE FUNCTION app.changed('evidence');

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON app.evidence_request FOR EACH ROW EXECUTE FUNCTION app.changed('request');

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON app.extension FOR EACH ROW EXECUTE FUNCTION app.changed('extension');

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON app.finding FOR EACH ROW EXECUTE FUNCTION app.changed('finding');

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON app.function FOR EACH ROW EXECUTE FUNCTION app.changed('function');

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON app.grading FOR EACH ROW EXECUTE FUNCTION app.changed('grading');

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON app.impairment FOR EACH ROW EXECUTE FUNCTION app.changed('impairment');

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON app.interest FOR EACH ROW EXECUTE FUNCTION app.changed('interest');

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON app.membership FOR EACH ROW EXECUTE FUNCTION app.changed('membership');

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON app.operation FOR EACH ROW EXECUTE FUNCTION app.changed('operation');

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON app.organisation FOR EACH ROW EXECUTE FUNCTION app.changed('organisation', 'id', 'id');

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON app.part FOR EACH ROW EXECUTE FUNCTION app.changed('part');

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON app.party FOR EACH ROW EXECUTE FUNCTION app.changed('party');

CREATE TRIGGER changed AFTER INSERT ON app.progress FOR EACH ROW EXECUTE FUNCTION app.changed('progress');

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON app.proposal FOR EACH ROW EXECUTE FUNCTION app.changed('proposal');

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON app.publication FOR EACH ROW EXECUTE FUNCTION app.changed('publication');

CREATE TRIGGER changed AFTER INSERT ON app.reading FOR EACH ROW EXECUTE FUNCTION app.changed('reading');

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON app.release FOR EACH ROW EXECUTE FUNCTION app.changed('release');

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON app.remark FOR EACH ROW EXECUTE FUNCTION app.changed('remark');

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON app.response FOR EACH ROW EXECUTE FUNCTION app.changed('response');

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON app.responsibility FOR EACH ROW EXECUTE FUNCTION app.changed('responsibility');

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON app.safeguard FOR EACH ROW EXECUTE FUNCTION app.changed('safeguard');

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON app.verification FOR EACH ROW EXECUTE FUNCTION app.changed('verification');

CREATE TRIGGER changed_within AFTER INSERT OR DELETE OR UPDATE ON app.audit_requirement FOR EACH ROW EXECUTE FUNCTION app.changed_within('audit');

CREATE TRIGGER changed_within AFTER INSERT OR DELETE OR UPDATE ON app.part_function FOR EACH ROW EXECUTE FUNCTION app.changed_within('part');

CREATE TRIGGER changed_within AFTER INSERT OR DELETE OR UPDATE ON app.release_evidence FOR EACH ROW EXECUTE FUNCTION app.changed_within('release');

CREATE TRIGGER counts BEFORE INSERT ON app.affiliation FOR EACH ROW EXECUTE FUNCTION app.counts_until();

CREATE TRIGGER counts BEFORE INSERT ON app.certification FOR EACH ROW EXECUTE FUNCTION app.counts_until();

CREATE TRIGGER counts BEFORE INSERT ON app.membership FOR EACH ROW EXECUTE FUNCTION app.counts_until();

CREATE TRIGGER counts BEFORE INSERT ON app.operation FOR EACH ROW EXECUTE FUNCTION app.counts_until();

CREATE TRIGGER counts BEFORE INSERT ON app.responsibility FOR EACH ROW EXECUTE FUNCTION app.counts_until();

CREATE TRIGGER derive AFTER INSERT OR UPDATE OF from_date, until_date, counts_until ON app.affiliation FOR EACH ROW EXECUTE FUNCTION app.derive_affiliation();

CREATE TRIGGER derive AFTER INSERT OR UPDATE OF ended_on, first_act_on ON app.assignment FOR EACH ROW EXECUTE FUNCTION app.derive_assignment();

CREATE TRIGGER derive AFTER INSERT ON app.attachment FOR EACH ROW EXECUTE FUNCTION app.derive_attachment();

CREATE TRIGGER derive AFTER UPDATE ON app.audit FOR EACH ROW EXECUTE FUNCTION app.derive_audit();

CREATE TRIGGER derive AFTER INSERT OR UPDATE OF from_date, until_date, counts_until ON app.certification FOR EACH ROW EXECUTE FUNCTION app.derive_certification();

CREATE TRIGGER derive AFTER INSERT OR UPDATE ON app.declaration FOR EACH ROW EXECUTE FUNCTION app.derive_interest();

CREATE TRIGGER derive AFTER INSERT OR UPDATE ON app.extension FOR EACH ROW EXECUTE FUNCTION app.derive_extension();

CREATE TRIGGER derive BEFORE INSERT OR UPDATE ON app.finding FOR EACH ROW EXECUTE FUNCTION app.derive_finding();

CREATE TRIGGER derive AFTER UPDATE OF parent ON app.function FOR EACH ROW EXECUTE FUNCTION app.derive_function_tree();

CREATE TRIGGER derive AFTER INSERT OR UPDATE ON app.interest FOR EACH ROW EXECUTE FUNCTION app.derive_interest();

CREATE TRIGGER derive AFTER INSERT OR UPDATE OF from_date, until_date, counts_until ON app.membership FOR EACH ROW EXECUTE FUNCTION app.derive_membership();

CREATE TRIGGER derive AFTER INSERT OR UPDATE OF from_date, until_date, counts_until ON app.operation FOR EACH ROW EXECUTE FUNCTION app.derive_operation();

CREATE TRIGGER derive AFTER INSERT OR DELETE ON app.part_function FOR EACH ROW EXECUTE FUNCTION app.derive_part_function();

CREATE TRIGGER derive AFTER UPDATE OF in_group, affiliates ON app.party FOR EACH ROW EXECUTE FUNCTION app.derive_party();

CREATE TRIGGER derive AFTER INSERT OR UPDATE ON app.response FOR EACH ROW EXECUTE FUNCTION app.derive_response();

CREATE TRIGGER derive AFTER INSERT OR UPDATE OF from_date, until_date, counts_until, standing ON app.responsibility FOR EACH ROW EXECUTE FUNCTION app.derive_responsibility();

CREATE TRIGGER derive AFTER INSERT ON app.succession FOR EACH ROW EXECUTE FUNCTION app.derive_function_tree();

CREATE TRIGGER derive AFTER INSERT ON app.verification FOR EACH ROW EXECUTE FUNCTION app.derive_verification();

CREATE TRIGGER first_day BEFORE UPDATE OF state, starts_on ON app.audit FOR EACH ROW EXECUTE FUNCTION app.guard_first_day();

CREATE TRIGGER first_day BEFORE UPDATE OF state ON app.evidence_request FOR EACH ROW EXECUTE FUNCTION app.guard_first_day();

CREATE TRIGGER first_ending AFTER INSERT ON app.affiliation FOR EACH ROW EXECUTE FUNCTION app.first_ending('affiliation');

CREATE TRIGGER first_ending AFTER INSERT ON app.certification FOR EACH ROW EXECUTE FUNCTION app.first_ending('certification');

CREATE TRIGGER first_ending AFTER INSERT ON app.membership FOR EACH ROW EXECUTE FUNCTION app.first_ending('membership');

CREATE TRIGGER first_ending AFTER INSERT ON app.operation FOR EACH ROW EXECUTE FUNCTION app.first_ending('operation');

CREATE TRIGGER first_ending AFTER INSERT ON app.responsibility FOR EACH ROW EXECUTE FUNCTION app.first_ending('responsibility');

CREATE TRIGGER guard BEFORE UPDATE OF state ON app.action FOR EACH ROW EXECUTE FUNCTION app.guard_state('action');

CREATE TRIGGER guard BEFORE UPDATE OF state ON app.audit FOR EACH ROW EXECUTE FUNCTION app.guard_state('audit');

CREATE TRIGGER guard BEFORE UPDATE OF state ON app.dispute FOR EACH ROW EXECUTE FUNCTION app.guard_state('dispute');

CREATE TRIGGER guard BEFORE UPDATE OF state ON app.ending FOR EACH ROW EXECUTE FUNCTION app.guard_state('ending');

CREATE TRIGGER guard BEFORE UPDATE OF state ON app.evidence FOR EACH ROW EXECUTE FUNCTION app.guard_state('evidence');

CREATE TRIGGER guard BEFORE UPDATE OF state ON app.evidence_request FOR EACH ROW EXECUTE FUNCTION app.guard_state('request');

CREATE TRIGGER guard BEFORE UPDATE OF state ON app.extension FOR EACH ROW EXECUTE FUNCTION app.guard_state('extension');

CREATE TRIGGER guard BEFORE UPDATE OF state ON app.finding FOR EACH ROW EXECUTE FUNCTION app.guard_state('finding');

CREATE TRIGGER guard BEFORE UPDATE OF state ON app.grading FOR EACH ROW EXECUTE FUNCTION app.guard_state('grading');

CREATE TRIGGER guard BEFORE UPDATE OF state ON app.proposal FOR EACH ROW EXECUTE FUNCTION app.guard_state('proposal');

CREATE TRIGGER guard BEFORE UPDATE OF state ON app.response FOR EACH ROW EXECUTE FUNCTION app.guard_state('response');

CREATE TRIGGER hands AFTER INSERT ON app.assignment FOR EACH ROW EXECUTE FUNCTION app.refuse_answerer_on_team();

CREATE TRIGGER judged AFTER INSERT OR UPDATE ON app.dispute FOR EACH ROW EXECUTE FUNCTION app.derive_judged();

CREATE TRIGGER judged AFTER INSERT OR UPDATE ON app.finding FOR EACH ROW EXECUTE FUNCTION app.derive_judged();

CREATE TRIGGER judged AFTER INSERT OR UPDATE ON app.grading FOR EACH ROW EXECUTE FUNCTION app.derive_judged();

CREATE TRIGGER keep BEFORE DELETE OR UPDATE ON app.act FOR EACH ROW EXECUTE FUNCTION app.keep_record();

CREATE TRIGGER keep BEFORE DELETE OR UPDATE ON app.arrangement FOR EACH ROW EXECUTE FUNCTION app.keep_record();

CREATE TRIGGER keep_all BEFORE TRUNCATE ON app.act FOR EACH STATEMENT EXECUTE FUNCTION app.keep_record();

CREATE TRIGGER keep_all BEFORE TRUNCATE ON app.arrangement FOR EACH STATEMENT EXECUTE FUNCTION app.keep_record();

CREATE TRIGGER named AFTER UPDATE OF verifier, decider, signer, state ON app.finding FOR EACH ROW EXECUTE FUNCTION app.derive_named();

CREATE TRIGGER owes AFTER INSERT OR UPDATE ON app.action FOR EACH ROW EXECUTE FUNCTION app.owes('action');

CREATE TRIGGER owes AFTER INSERT OR UPDATE ON app.assignment FOR EACH ROW EXECUTE FUNCTION app.owes('assignment');

CREATE TRIGGER owes AFTER INSERT OR UPDATE ON app.audit FOR EACH ROW EXECUTE FUNCTION app.owes('audit');

CREATE TRIGGER owes AFTER INSERT OR UPDATE ON app."check" FOR EACH ROW EXECUTE FUNCTION app.owes('check');

CREATE TRIGGER owes AFTER INSERT OR UPDATE ON app.confirmation FOR EACH ROW EXECUTE FUNCTION app.owes('audit', 'audit');

CREATE TRIGGER owes AFTER INSERT OR UPDATE ON app.declaration FOR EACH ROW EXECUTE FUNCTION app.owes('declaration');

CREATE TRIGGER owes AFTER INSERT OR UPDATE ON app.dispute FOR EACH ROW EXECUTE FUNCTION app.owes('dispute');

CREATE TRIGGER owes AFTER INSERT OR UPDATE ON app.ending FOR EACH ROW EXECUTE FUNCTION app.owes('ending');

CREATE TRIGGER owes AFTER INSERT OR UPDATE ON app.evidence_request FOR EACH ROW EXECUTE FUNCTION app.owes('request');

CREATE TRIGGER owes AFTER INSERT OR UPDATE ON app.extension FOR EACH ROW EXECUTE FUNCTION app.owes('extension');

CREATE TRIGGER owes AFTER INSERT OR UPDATE ON app.finding FOR EACH ROW WHEN (((new.issued_at IS NOT NULL) OR new.review_needed OR (new.impaired_at IS NOT NULL))) EXECUTE FUNCTION app.owes('finding');

CREATE TRIGGER owes AFTER INSERT OR UPDATE OF state ON app.grading FOR EACH ROW WHEN (((new.phase)::text = 'issued'::text)) EXECUTE FUNCTION app.owes('finding', 'finding');

CREATE TRIGGER owes AFTER INSERT OR UPDATE ON app.interest FOR EACH ROW EXECUTE FUNCTION app.owes('interest');

CREATE TRIGGER owes AFTER INSERT OR UPDATE ON app.proposal FOR EACH ROW EXECUTE FUNCTION app.owes('proposal');

CREATE TRIGGER owes AFTER INSERT OR UPDATE ON app.response FOR EACH ROW EXECUTE FUNCTION app.owes('response');

CREATE TRIGGER owes_assignment AFTER INSERT OR UPDATE ON app.declaration FOR EACH ROW EXECUTE FUNCTION app.owes('assignment', 'assignment');

CREATE TRIGGER owes_below AFTER UPDATE ON app.audit FOR EACH ROW WHEN ((((old.state)::text <> (new.state)::text) OR ((old.starts_on)::date <> (new.starts_on)::date))) EXECUTE FUNCTION app.owes_below();

CREATE TRIGGER owes_finding AFTER INSERT OR UPDATE ON app.response FOR EACH ROW EXECUTE FUNCTION app.owes('finding', 'finding');

CREATE TRIGGER owes_on_assignment AFTER INSERT OR UPDATE OF ended_on ON app.assignment FOR EACH ROW EXECUTE FUNCTION app.owes_on_assignment();

CREATE TRIGGER owes_on_finding AFTER UPDATE ON app.finding FOR EACH ROW WHEN (((new.issued_at IS NOT NULL) AND ((old.state <> new.state) OR ((old.next_due)::date IS DISTINCT FROM (new.next_due)::date) OR (old.decider IS DISTINCT FROM new.decider)))) EXECUTE FUNCTION app.owes_on_finding();

CREATE TRIGGER stamp BEFORE UPDATE ON app.action FOR EACH ROW EXECUTE FUNCTION app.stamp();

CREATE TRIGGER stamp BEFORE UPDATE ON app.affiliation FOR EACH ROW EXECUTE FUNCTION app.stamp();

CREATE TRIGGER stamp BEFORE UPDATE ON app.assignment FOR EACH ROW EXECUTE FUNCTION app.stamp();

CREATE TRIGGER stamp BEFORE UPDATE ON app.audit FOR EACH ROW EXECUTE FUNCTION app.stamp();

CREATE TRIGGER stamp BEFORE UPDATE ON app.certification FOR EACH ROW EXECUTE FUNCTION app.stamp();

CREATE TRIGGER stamp BEFORE UPDATE ON app."check" FOR EACH ROW EXECUTE FUNCTION app.stamp();

CREATE TRIGGER stamp BEFORE UPDATE ON app.competence FOR EACH ROW EXECUTE FUNCTION app.stamp();

CREATE TRIGGER stamp BEFORE UPDATE ON app.confirmation FOR EACH ROW EXECUTE FUNCTION app.stamp();

CREATE TRIGGER stamp BEFORE UPDATE ON app.declaration FOR EACH ROW EXECUTE FUNCTION app.stamp();

CREATE TRIGGER stamp BEFORE UPDATE ON app.dispute FOR EACH ROW EXECUTE FUNCTION app.stamp();

CREATE TRIGGER stamp BEFORE UPDATE ON app.ending FOR EACH ROW EXECUTE FUNCTION app.stamp();

CREATE TRIGGER stamp BEFORE UPDATE ON app.enrolment FOR EACH ROW EXECUTE FUNCTION app.stamp();

CREATE TRIGGER stamp BEFORE UPDATE ON app.evidence FOR EACH ROW EXECUTE FUNCTION app.stamp();

CREATE TRIGGER stamp BEFORE UPDATE ON app.evidence_request FOR EACH ROW EXECUTE FUNCTION app.stamp();

CREATE TRIGGER stamp BEFORE UPDATE ON app.extension FOR EACH ROW EXECUTE FUNCTION app.stamp();

CREATE TRIGGER stamp BEFORE UPDATE ON app.finding FOR EACH ROW EXECUTE FUNCTION app.stamp();

CREATE TRIGGER stamp BEFORE UPDATE ON app.function FOR EACH ROW EXECUTE FUNCTION app.stamp();

CREATE TRIGGER stamp BEFORE UPDATE ON app.grading FOR EACH ROW EXECUTE FUNCTION app.stamp();

CREATE TRIGGER stamp BEFORE UPDATE ON app.impairment FOR EACH ROW EXECUTE FUNCTION app.stamp();

CREATE TRIGGER stamp BEFORE UPDATE ON app.interest FOR EACH ROW EXECUTE FUNCTION app.stamp();

CREATE TRIGGER stamp BEFORE UPDATE ON app.membership FOR EACH ROW EXECUTE FUNCTION app.stamp();

CREATE TRIGGER stamp BEFORE UPDATE ON app.operation FOR EACH ROW EXECUTE FUNCTION app.stamp();

CREATE TRIGGER stamp BEFORE UPDATE ON app.organisation FOR EACH ROW EXECUTE FUNCTION app.stamp();

CREATE TRIGGER stamp BEFORE UPDATE ON app.part FOR EACH ROW EXECUTE FUNCTION app.stamp();

CREATE TRIGGER stamp BEFORE UPDATE ON app.party FOR EACH ROW EXECUTE FUNCTION app.stamp();

CREATE TRIGGER stamp BEFORE UPDATE ON app.proposal FOR EACH ROW EXECUTE FUNCTION app.stamp();

CREATE TRIGGER stamp BEFORE UPDATE ON app.publication FOR EACH ROW EXECUTE FUNCTION app.stamp();

CREATE TRIGGER stamp BEFORE UPDATE ON app.release FOR EACH ROW EXECUTE FUNCTION app.stamp();

CREATE TRIGGER stamp BEFORE UPDATE ON app.response FOR EACH ROW EXECUTE FUNCTION app.stamp();

CREATE TRIGGER stamp BEFORE UPDATE ON app.responsibility FOR EACH ROW EXECUTE FUNCTION app.stamp();

CREATE TRIGGER stamp BEFORE UPDATE ON app.safeguard FOR EACH ROW EXECUTE FUNCTION app.stamp();

CREATE TRIGGER stamp BEFORE UPDATE ON app.verification FOR EACH ROW EXECUTE FUNCTION app.stamp();

CREATE TRIGGER waiting AFTER INSERT OR UPDATE OF from_date, until_date, counts_until ON app.affiliation FOR EACH ROW EXECUTE FUNCTION app.derive_waiting('person');

CREATE TRIGGER waiting AFTER INSERT ON app.arrangement FOR EACH ROW EXECUTE FUNCTION app.derive_waiting('audit');

CREATE TRIGGER waiting AFTER UPDATE OF starts_on, audited_from ON app.audit FOR EACH ROW EXECUTE FUNCTION app.derive_waiting('audit', 'id');

CREATE TRIGGER waiting AFTER UPDATE OF parent ON app.function FOR EACH ROW WHEN ((old.parent IS DISTINCT FROM new.parent)) EXECUTE FUNCTION app.derive_waiting('all');

CREATE TRIGGER waiting AFTER INSERT OR UPDATE OF from_date, until_date, counts_until ON app.operation FOR EACH ROW EXECUTE FUNCTION app.derive_waiting('all');

CREATE TRIGGER waiting AFTER INSERT OR DELETE ON app.part_function FOR EACH ROW EXECUTE FUNCTION app.derive_waiting('audit');

CREATE TRIGGER waiting AFTER UPDATE OF in_group, affiliates ON app.party FOR EACH ROW EXECUTE FUNCTION app.derive_waiting('all');

CREATE TRIGGER waiting AFTER INSERT OR UPDATE OF from_date, until_date, counts_until ON app.responsibility FOR EACH ROW EXECUTE FUNCTION app.derive_waiting('person');

CREATE TRIGGER waiting AFTER INSERT ON app.succession FOR EACH ROW EXECUTE FUNCTION app.derive_waiting('all');

CREATE TRIGGER guard BEFORE UPDATE OF state ON auth.invitation FOR EACH ROW EXECUTE FUNCTION app.guard_state('invitation');

ALTER TABLE ONLY app.act
    ADD CONSTRAINT act_organisation_audit_fkey FOREIGN KEY (organisation, audit) REFERENCES app.audit(organisation, id);

ALTER TABLE ONLY app.act
    ADD CONSTRAINT act_organisation_fkey FOREIGN KEY (organisation) REFERENCES app.organisation(id);

ALTER TABLE ONLY app.act
    ADD CONSTRAINT act_person_fkey FOREIGN KEY (person) REFERENCES app.person(id);

ALTER TABLE ONLY app.action
    ADD CONSTRAINT action_done_by_fkey FOREIGN KEY (done_by) REFERENCES app.person(id);

ALTER TABLE ONLY app.action
    ADD CONSTRAINT action_organisation_finding_fkey FOREIGN KEY (organisation, finding) REFERENCES app.finding(organisation, id);

ALTER TABLE ONLY app.action
    ADD CONSTRAINT action_organisation_fkey FOREIGN KEY (organisation) REFERENCES app.organisation(id);

ALTER TABLE ONLY app.action
    ADD CONSTRAINT action_organisation_owner_fkey FOREIGN KEY (organisation, owner) REFERENCES app.enrolment(organisation, person);

ALTER TABLE ONLY app.action
    ADD CONSTRAINT action_returned_by_fkey FOREIGN KEY (returned_by) REFERENCES app.person(id);

ALTER TABLE ONLY app.affiliation
    ADD CONSTRAINT affiliation_organisation_party_fkey FOREIGN KEY (organisation, party) REFERENCES app.party(organisation, id);

ALTER TABLE ONLY app.affiliation
    ADD CONSTRAINT affiliation_organisation_person_fkey FOREIGN KEY (organisation, person) REFERENCES app.enrolment(organisation, person);

ALTER TABLE ONLY app.arrangement
    ADD CONSTRAINT arrangement_maker_fkey FOREIGN KEY (maker) REFERENCES app.person(id);

ALTER TABLE ONLY app.arrangement
    ADD CONSTRAINT arrangement_organisation_audit_fkey FOREIGN KEY (organisation, audit) REFERENCES app.audit(organisation, id);

ALTER TABLE ONLY app.arrangement
    ADD CONSTRAINT arrangement_organisation_fkey FOREIGN KEY (organisation) REFERENCES app.organisation(id);

ALTER TABLE ONLY app.assignment
    ADD CONSTRAINT assignment_organisation_audit_fkey FOREIGN KEY (organisation, audit) REFERENCES app.audit(organisation, id);

ALTER TABLE ONLY app.assignment
    ADD CONSTRAINT assignment_organisation_audit_part_fkey FOREIGN KEY (organisation, audit, part) REFERENCES app.part(organisation, audit, id);

ALTER TABLE ONLY app.assignment
    ADD CONSTRAINT assignment_organisation_person_fkey FOREIGN KEY (organisation, person) REFERENCES app.enrolment(organisation, person);

ALTER TABLE ONLY app.attachment
    ADD CONSTRAINT attachment_organisation_audit_fkey FOREIGN KEY (organisation, audit) REFERENCES app.audit(organisation, id);

ALTER TABLE ONLY app.attachment
    ADD CONSTRAINT attachment_organisation_evidence_fkey FOREIGN KEY (organisation, evidence) REFERENCES app.evidence(organisation, id);

ALTER TABLE ONLY app.attachment
    ADD CONSTRAINT attachment_organisation_part_fkey FOREIGN KEY (organisation, part) REFERENCES app.part(organisation, id);

ALTER TABLE ONLY app.audit
    ADD CONSTRAINT audit_organisation_fkey FOREIGN KEY (organisation) REFERENCES app.organisation(id);

ALTER TABLE ONLY app.audit
    ADD CONSTRAINT audit_organisation_recipient_fkey FOREIGN KEY (organisation, recipient) REFERENCES app.enrolment(organisation, person);

ALTER TABLE ONLY app.audit_plan_version
    ADD CONSTRAINT audit_plan_version_organisation_audit_fkey FOREIGN KEY (organisation, audit) REFERENCES app.audit(organisation, id);

ALTER TABLE ONLY app.audit_requirement
    ADD CONSTRAINT audit_requirement_organisation_audit_fkey FOREIGN KEY (organisation, audit) REFERENCES app.audit(organisation, id);

ALTER TABLE ONLY app.audit_requirement
    ADD CONSTRAINT audit_requirement_requirement_fkey FOREIGN KEY (requirement) REFERENCES app.requirement(id);

ALTER TABLE ONLY app.certification
    ADD CONSTRAINT certification_organisation_party_fkey FOREIGN KEY (organisation, party) REFERENCES app.party(organisation, id);

ALTER TABLE ONLY app."check"
    ADD CONSTRAINT check_impaired_person_fkey FOREIGN KEY (impaired_person) REFERENCES app.person(id);

ALTER TABLE ONLY app."check"
    ADD CONSTRAINT check_organisation_audit_fkey FOREIGN KEY (organisation, audit) REFERENCES app.audit(organisation, id);

ALTER TABLE ONLY app."check"
    ADD CONSTRAINT check_organisation_fkey FOREIGN KEY (organisation) REFERENCES app.organisation(id);

ALTER TABLE ONLY app."check"
    ADD CONSTRAINT check_organisation_function_fkey FOREIGN KEY (organisation, function) REFERENCES app.function(organisation, id);

ALTER TABLE ONLY app."check"
    ADD CONSTRAINT check_organisation_part_fkey FOREIGN KEY (organisation, part) REFERENCES app.part(organisation, id);

ALTER TABLE ONLY app."check"
    ADD CONSTRAINT check_prepared_by_fkey FOREIGN KEY (prepared_by) REFERENCES app.person(id);

ALTER TABLE ONLY app."check"
    ADD CONSTRAINT check_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES app.person(id);

ALTER TABLE ONLY app."check"
    ADD CONSTRAINT check_requirement_fkey FOREIGN KEY (requirement) REFERENCES app.requirement(id);

ALTER TABLE ONLY app."check"
    ADD CONSTRAINT check_reviewed_by_fkey FOREIGN KEY (reviewed_by) REFERENCES app.person(id);

ALTER TABLE ONLY app.chunk
    ADD CONSTRAINT chunk_organisation_fkey FOREIGN KEY (organisation) REFERENCES app.organisation(id);

ALTER TABLE ONLY app.claim
    ADD CONSTRAINT claim_organisation_fkey FOREIGN KEY (organisation) REFERENCES app.organisation(id);

ALTER TABLE ONLY app.competence
    ADD CONSTRAINT competence_framework_fkey FOREIGN KEY (framework) REFERENCES app.framework(id);

ALTER TABLE ONLY app.competence
    ADD CONSTRAINT competence_organisation_person_fkey FOREIGN KEY (organisation, person) REFERENCES app.enrolment(organisation, person);

ALTER TABLE ONLY app.confirmation
    ADD CONSTRAINT confirmation_organisation_audit_fkey FOREIGN KEY (organisation, audit) REFERENCES app.audit(organisation, id);

ALTER TABLE ONLY app.confirmation
    ADD CONSTRAINT confirmation_organisation_function_fkey FOREIGN KEY (organisation, function) REFERENCES app.function(organisation, id);

ALTER TABLE ONLY app.declaration
    ADD CONSTRAINT declaration_organisation_assignment_fkey FOREIGN KEY (organisation, assignment) REFERENCES app.assignment(organisation, id);

ALTER TABLE ONLY app.declaration
    ADD CONSTRAINT declaration_organisation_audit_fkey FOREIGN KEY (organisation, audit) REFERENCES app.audit(organisation, id);

ALTER TABLE ONLY app.dispute
    ADD CONSTRAINT dispute_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES app.person(id);

ALTER TABLE ONLY app.dispute
    ADD CONSTRAINT dispute_organisation_finding_fkey FOREIGN KEY (organisation, finding) REFERENCES app.finding(organisation, id);

ALTER TABLE ONLY app.dispute
    ADD CONSTRAINT dispute_raised_by_fkey FOREIGN KEY (raised_by) REFERENCES app.person(id);

ALTER TABLE ONLY app.due
    ADD CONSTRAINT due_organisation_fkey FOREIGN KEY (organisation) REFERENCES app.organisation(id);

ALTER TABLE ONLY app.ending
    ADD CONSTRAINT ending_organisation_fkey FOREIGN KEY (organisation) REFERENCES app.organisation(id);

ALTER TABLE ONLY app.enrolment
    ADD CONSTRAINT enrolment_organisation_fkey FOREIGN KEY (organisation) REFERENCES app.organisation(id);

ALTER TABLE ONLY app.enrolment
    ADD CONSTRAINT enrolment_person_fkey FOREIGN KEY (person) REFERENCES app.person(id);

ALTER TABLE ONLY app.evidence_chunk
    ADD CONSTRAINT evidence_chunk_organisation_digest_fkey FOREIGN KEY (organisation, digest) REFERENCES app.chunk(organisation, digest);

ALTER TABLE ONLY app.evidence_chunk
    ADD CONSTRAINT evidence_chunk_organisation_evidence_fkey FOREIGN KEY (organisation, evidence) REFERENCES app.evidence(organisation, id) ON DELETE CASCADE;

ALTER TABLE ONLY app.evidence
    ADD CONSTRAINT evidence_organisation_fkey FOREIGN KEY (organisation) REFERENCES app.organisation(id);

ALTER TABLE ONLY app.evidence
    ADD CONSTRAINT evidence_organisation_revision_of_fkey FOREIGN KEY (organisation, revision_of) REFERENCES app.evidence(organisation, id);

ALTER TABLE ONLY app.evidence
    ADD CONSTRAINT evidence_organisation_supplied_by_fkey FOREIGN KEY (organisation, supplied_by) REFERENCES app.enrolment(organisation, person);

ALTER TABLE ONLY app.evidence_request
    ADD CONSTRAINT evidence_request_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES app.person(id);

ALTER TABLE ONLY app.evidence_request
    ADD CONSTRAINT evidence_request_impaired_person_fkey FOREIGN KEY (impaired_person) REFERENCES app.person(id);

ALTER TABLE ONLY app.evidence_request
    ADD CONSTRAINT evidence_request_organisation_audit_fkey FOREIGN KEY (organisation, audit) REFERENCES app.audit(organisation, id);

ALTER TABLE ONLY app.evidence_request
    ADD CONSTRAINT evidence_request_organisation_fkey FOREIGN KEY (organisation) REFERENCES app.organisation(id);

ALTER TABLE ONLY app.evidence_request
    ADD CONSTRAINT evidence_request_organisation_from_check_fkey FOREIGN KEY (organisation, from_check) REFERENCES app."check"(organisation, id);

ALTER TABLE ONLY app.evidence_request
    ADD CONSTRAINT evidence_request_organisation_function_fkey FOREIGN KEY (organisation, function) REFERENCES app.function(organisation, id);

ALTER TABLE ONLY app.evidence_request
    ADD CONSTRAINT evidence_request_organisation_part_fkey FOREIGN KEY (organisation, part) REFERENCES app.part(organisation, id);

ALTER TABLE ONLY app.evidence_request
    ADD CONSTRAINT evidence_request_raised_by_fkey FOREIGN KEY (raised_by) REFERENCES app.person(id);

ALTER TABLE ONLY app.evidence_request
    ADD CONSTRAINT evidence_request_reviewed_by_fkey FOREIGN KEY (reviewed_by) REFERENCES app.person(id);

ALTER TABLE ONLY app.evidence_request
    ADD CONSTRAINT evidence_request_submitted_by_fkey FOREIGN KEY (submitted_by) REFERENCES app.person(id);

ALTER TABLE ONLY app.extension
    ADD CONSTRAINT extension_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES app.person(id);

ALTER TABLE ONLY app.extension
    ADD CONSTRAINT extension_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES app.person(id);

ALTER TABLE ONLY app.extension
    ADD CONSTRAINT extension_organisation_action_fkey FOREIGN KEY (organisation, action) REFERENCES app.action(organisation, id);

ALTER TABLE ONLY app.extension
    ADD CONSTRAINT extension_organisation_finding_fkey FOREIGN KEY (organisation, finding) REFERENCES app.finding(organisation, id);

ALTER TABLE ONLY app.finding
    ADD CONSTRAINT finding_acknowledged_by_fkey FOREIGN KEY (acknowledged_by) REFERENCES app.person(id);

ALTER TABLE ONLY app.finding_cell
    ADD CONSTRAINT finding_cell_organisation_finding_fkey FOREIGN KEY (organisation, finding) REFERENCES app.finding(organisation, id);

ALTER TABLE ONLY app.finding_cell
    ADD CONSTRAINT finding_cell_organisation_function_fkey FOREIGN KEY (organisation, function) REFERENCES app.function(organisation, id);

ALTER TABLE ONLY app.finding_cell
    ADD CONSTRAINT finding_cell_requirement_fkey FOREIGN KEY (requirement) REFERENCES app.requirement(id);

ALTER TABLE ONLY app.finding
    ADD CONSTRAINT finding_decider_fkey FOREIGN KEY (decider) REFERENCES app.person(id);

ALTER TABLE ONLY app.finding
    ADD CONSTRAINT finding_graded_by_fkey FOREIGN KEY (graded_by) REFERENCES app.person(id);

ALTER TABLE ONLY app.finding
    ADD CONSTRAINT finding_impaired_person_fkey FOREIGN KEY (impaired_person) REFERENCES app.person(id);

ALTER TABLE ONLY app.finding
    ADD CONSTRAINT finding_issued_by_fkey FOREIGN KEY (issued_by) REFERENCES app.person(id);

ALTER TABLE ONLY app.finding
    ADD CONSTRAINT finding_organisation_addressed_fkey FOREIGN KEY (organisation, addressed) REFERENCES app.function(organisation, id);

ALTER TABLE ONLY app.finding
    ADD CONSTRAINT finding_organisation_audit_fkey FOREIGN KEY (organisation, audit) REFERENCES app.audit(organisation, id);

ALTER TABLE ONLY app.finding
    ADD CONSTRAINT finding_organisation_audit_part_fkey FOREIGN KEY (organisation, audit, part) REFERENCES app.part(organisation, audit, id);

ALTER TABLE ONLY app.finding
    ADD CONSTRAINT finding_organisation_fkey FOREIGN KEY (organisation) REFERENCES app.organisation(id);

ALTER TABLE ONLY app.finding
    ADD CONSTRAINT finding_organisation_from_check_fkey FOREIGN KEY (organisation, from_check) REFERENCES app."check"(organisation, id);

ALTER TABLE ONLY app.finding
    ADD CONSTRAINT finding_raised_by_fkey FOREIGN KEY (raised_by) REFERENCES app.person(id);

ALTER TABLE ONLY app.finding
    ADD CONSTRAINT finding_review_of_fkey FOREIGN KEY (review_of) REFERENCES app.person(id);

ALTER TABLE ONLY app.finding
    ADD CONSTRAINT finding_reviewed_by_fkey FOREIGN KEY (reviewed_by) REFERENCES app.person(id);

ALTER TABLE ONLY app.finding
    ADD CONSTRAINT finding_signer_fkey FOREIGN KEY (signer) REFERENCES app.person(id);

ALTER TABLE ONLY app.finding
    ADD CONSTRAINT finding_verifier_fkey FOREIGN KEY (verifier) REFERENCES app.person(id);

ALTER TABLE ONLY app.framework
    ADD CONSTRAINT framework_organisation_fkey FOREIGN KEY (organisation) REFERENCES app.organisation(id);

ALTER TABLE ONLY app.function
    ADD CONSTRAINT function_organisation_answerable_fkey FOREIGN KEY (organisation, answerable) REFERENCES app.enrolment(organisation, person);

ALTER TABLE ONLY app.function
    ADD CONSTRAINT function_organisation_fkey FOREIGN KEY (organisation) REFERENCES app.organisation(id);

ALTER TABLE ONLY app.function
    ADD CONSTRAINT function_organisation_parent_fkey FOREIGN KEY (organisation, parent) REFERENCES app.function(organisation, id);

ALTER TABLE ONLY app.grading
    ADD CONSTRAINT grading_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES app.person(id);

ALTER TABLE ONLY app.grading
    ADD CONSTRAINT grading_organisation_dispute_fkey FOREIGN KEY (organisation, dispute) REFERENCES app.dispute(organisation, id);

ALTER TABLE ONLY app.grading
    ADD CONSTRAINT grading_organisation_finding_fkey FOREIGN KEY (organisation, finding) REFERENCES app.finding(organisation, id);

ALTER TABLE ONLY app.grading
    ADD CONSTRAINT grading_signed_by_fkey FOREIGN KEY (signed_by) REFERENCES app.person(id);

ALTER TABLE ONLY app.impairment
    ADD CONSTRAINT impairment_organisation_assignment_fkey FOREIGN KEY (organisation, assignment) REFERENCES app.assignment(organisation, id);

ALTER TABLE ONLY app.impairment
    ADD CONSTRAINT impairment_organisation_audit_fkey FOREIGN KEY (organisation, audit) REFERENCES app.audit(organisation, id);

ALTER TABLE ONLY app.interest
    ADD CONSTRAINT interest_organisation_audit_fkey FOREIGN KEY (organisation, audit) REFERENCES app.audit(organisation, id);

ALTER TABLE ONLY app.interest
    ADD CONSTRAINT interest_organisation_function_fkey FOREIGN KEY (organisation, function) REFERENCES app.function(organisation, id);

ALTER TABLE ONLY app.interest
    ADD CONSTRAINT interest_organisation_party_fkey FOREIGN KEY (organisation, party) REFERENCES app.party(organisation, id);

ALTER TABLE ONLY app.interest
    ADD CONSTRAINT interest_organisation_safeguard_fkey FOREIGN KEY (organisation, safeguard) REFERENCES app.safeguard(organisation, id);

ALTER TABLE ONLY app.kinship
    ADD CONSTRAINT kinship_organisation_party_fkey FOREIGN KEY (organisation, party) REFERENCES app.party(organisation, id);

ALTER TABLE ONLY app.mapping
    ADD CONSTRAINT mapping_source_fkey FOREIGN KEY (source) REFERENCES app.requirement(id);

ALTER TABLE ONLY app.mapping
    ADD CONSTRAINT mapping_target_fkey FOREIGN KEY (target) REFERENCES app.requirement(id);

ALTER TABLE ONLY app.membership
    ADD CONSTRAINT membership_organisation_party_fkey FOREIGN KEY (organisation, party) REFERENCES app.party(organisation, id);

ALTER TABLE ONLY app.membership
    ADD CONSTRAINT membership_organisation_person_fkey FOREIGN KEY (organisation, person) REFERENCES app.enrolment(organisation, person);

ALTER TABLE ONLY app.naming
    ADD CONSTRAINT naming_organisation_finding_fkey FOREIGN KEY (organisation, finding) REFERENCES app.finding(organisation, id);

ALTER TABLE ONLY app.naming
    ADD CONSTRAINT naming_organisation_fkey FOREIGN KEY (organisation) REFERENCES app.organisation(id);

ALTER TABLE ONLY app.naming
    ADD CONSTRAINT naming_person_fkey FOREIGN KEY (person) REFERENCES app.person(id);

ALTER TABLE ONLY app.operation
    ADD CONSTRAINT operation_organisation_function_fkey FOREIGN KEY (organisation, function) REFERENCES app.function(organisation, id);

ALTER TABLE ONLY app.operation
    ADD CONSTRAINT operation_organisation_party_fkey FOREIGN KEY (organisation, party) REFERENCES app.party(organisation, id);

ALTER TABLE ONLY app.part_function
    ADD CONSTRAINT part_function_organisation_audit_part_fkey FOREIGN KEY (organisation, audit, part) REFERENCES app.part(organisation, audit, id);

ALTER TABLE ONLY app.part_function
    ADD CONSTRAINT part_function_organisation_function_fkey FOREIGN KEY (organisation, function) REFERENCES app.function(organisation, id);

ALTER TABLE ONLY app.part
    ADD CONSTRAINT part_organisation_audit_fkey FOREIGN KEY (organisation, audit) REFERENCES app.audit(organisation, id);

ALTER TABLE ONLY app.party
    ADD CONSTRAINT party_organisation_fkey FOREIGN KEY (organisation) REFERENCES app.organisation(id);

ALTER TABLE ONLY app.progress
    ADD CONSTRAINT progress_organisation_action_fkey FOREIGN KEY (organisation, action) REFERENCES app.action(organisation, id);

ALTER TABLE ONLY app.progress
    ADD CONSTRAINT progress_organisation_finding_fkey FOREIGN KEY (organisation, finding) REFERENCES app.finding(organisation, id);

ALTER TABLE ONLY app.progress
    ADD CONSTRAINT progress_person_fkey FOREIGN KEY (person) REFERENCES app.person(id);

ALTER TABLE ONLY app.proposal
    ADD CONSTRAINT proposal_organisation_fkey FOREIGN KEY (organisation) REFERENCES app.organisation(id);

ALTER TABLE ONLY app.publication
    ADD CONSTRAINT publication_organisation_party_fkey FOREIGN KEY (organisation, party) REFERENCES app.party(organisation, id);

ALTER TABLE ONLY app.publication
    ADD CONSTRAINT publication_organisation_release_fkey FOREIGN KEY (organisation, release) REFERENCES app.release(organisation, id);

ALTER TABLE ONLY app.publication
    ADD CONSTRAINT publication_published_by_fkey FOREIGN KEY (published_by) REFERENCES app.person(id);

ALTER TABLE ONLY app.reading
    ADD CONSTRAINT reading_organisation_release_fkey FOREIGN KEY (organisation, release) REFERENCES app.release(organisation, id);

ALTER TABLE ONLY app.reading
    ADD CONSTRAINT reading_person_fkey FOREIGN KEY (person) REFERENCES app.person(id);

ALTER TABLE ONLY app.release_evidence
    ADD CONSTRAINT release_evidence_added_by_fkey FOREIGN KEY (added_by) REFERENCES app.person(id);

ALTER TABLE ONLY app.release_evidence
    ADD CONSTRAINT release_evidence_organisation_evidence_fkey FOREIGN KEY (organisation, evidence) REFERENCES app.evidence(organisation, id);

ALTER TABLE ONLY app.release_evidence
    ADD CONSTRAINT release_evidence_organisation_release_fkey FOREIGN KEY (organisation, release) REFERENCES app.release(organisation, id);

ALTER TABLE ONLY app.release
    ADD CONSTRAINT release_organisation_audit_fkey FOREIGN KEY (organisation, audit) REFERENCES app.audit(organisation, id);

ALTER TABLE ONLY app.release
    ADD CONSTRAINT release_organisation_fkey FOREIGN KEY (organisation) REFERENCES app.organisation(id);

ALTER TABLE ONLY app.release
    ADD CONSTRAINT release_organisation_recipient_fkey FOREIGN KEY (organisation, recipient) REFERENCES app.enrolment(organisation, person);

ALTER TABLE ONLY app.release
    ADD CONSTRAINT release_released_by_fkey FOREIGN KEY (released_by) REFERENCES app.person(id);

ALTER TABLE ONLY app.remark
    ADD CONSTRAINT remark_organisation_finding_fkey FOREIGN KEY (organisation, finding) REFERENCES app.finding(organisation, id);

ALTER TABLE ONLY app.remark
    ADD CONSTRAINT remark_person_fkey FOREIGN KEY (person) REFERENCES app.person(id);

ALTER TABLE ONLY app.requirement
    ADD CONSTRAINT requirement_framework_fkey FOREIGN KEY (framework) REFERENCES app.framework(id);

ALTER TABLE ONLY app.response
    ADD CONSTRAINT response_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES app.person(id);

ALTER TABLE ONLY app.response
    ADD CONSTRAINT response_organisation_finding_fkey FOREIGN KEY (organisation, finding) REFERENCES app.finding(organisation, id);

ALTER TABLE ONLY app.response
    ADD CONSTRAINT response_organisation_fkey FOREIGN KEY (organisation) REFERENCES app.organisation(id);

ALTER TABLE ONLY app.response
    ADD CONSTRAINT response_organisation_on_behalf_of_fkey FOREIGN KEY (organisation, on_behalf_of) REFERENCES app.party(organisation, id);

ALTER TABLE ONLY app.response
    ADD CONSTRAINT response_organisation_original_fkey FOREIGN KEY (organisation, original) REFERENCES app.evidence(organisation, id);

ALTER TABLE ONLY app.response
    ADD CONSTRAINT response_submitted_by_fkey FOREIGN KEY (submitted_by) REFERENCES app.person(id);

ALTER TABLE ONLY app.response
    ADD CONSTRAINT response_written_by_fkey FOREIGN KEY (written_by) REFERENCES app.person(id);

ALTER TABLE ONLY app.responsibility
    ADD CONSTRAINT responsibility_organisation_acting_for_fkey FOREIGN KEY (organisation, acting_for) REFERENCES app.enrolment(organisation, person);

ALTER TABLE ONLY app.responsibility
    ADD CONSTRAINT responsibility_organisation_function_fkey FOREIGN KEY (organisation, function) REFERENCES app.function(organisation, id);

ALTER TABLE ONLY app.responsibility
    ADD CONSTRAINT responsibility_organisation_person_fkey FOREIGN KEY (organisation, person) REFERENCES app.enrolment(organisation, person);

ALTER TABLE ONLY app.safeguard
    ADD CONSTRAINT safeguard_organisation_audit_fkey FOREIGN KEY (organisation, audit) REFERENCES app.audit(organisation, id);

ALTER TABLE ONLY app.succession
    ADD CONSTRAINT succession_organisation_predecessor_fkey FOREIGN KEY (organisation, predecessor) REFERENCES app.function(organisation, id);

ALTER TABLE ONLY app.succession
    ADD CONSTRAINT succession_organisation_successor_fkey FOREIGN KEY (organisation, successor) REFERENCES app.function(organisation, id);

ALTER TABLE ONLY app.upload
    ADD CONSTRAINT upload_organisation_evidence_fkey FOREIGN KEY (organisation, evidence) REFERENCES app.evidence(organisation, id) ON DELETE CASCADE;

ALTER TABLE ONLY app.verification
    ADD CONSTRAINT verification_organisation_finding_fkey FOREIGN KEY (organisation, finding) REFERENCES app.finding(organisation, id);

ALTER TABLE ONLY app.verification
    ADD CONSTRAINT verification_verified_by_fkey FOREIGN KEY (verified_by) REFERENCES app.person(id);

ALTER TABLE app.act ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.action ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.affiliation ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.arrangement ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.assignment ENABLE ROW LEVEL SECURITY;

CREATE POLICY attaches ON app.attachment FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND (attached_by = ( SELECT app.me() AS me))));

ALTER TABLE app.attachment ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.audit ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.audit_plan_version ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.audit_requirement ENABLE ROW LEVEL SECURITY;

CREATE POLICY auth ON app.enrolment FOR SELECT TO ninetwo_auth USING (true);

CREATE POLICY auth ON app.membership FOR SELECT TO ninetwo_auth USING (true);

CREATE POLICY auth ON app.organisation FOR SELECT TO ninetwo_auth USING (true);

CREATE POLICY auth ON app.person FOR SELECT TO ninetwo_auth USING (true);

ALTER TABLE app.certification ENABLE ROW LEVEL SECURITY;

CREATE POLICY change ON app.action FOR UPDATE TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN (owner = ( SELECT app.me() AS me)) THEN true
    WHEN (readers && ( SELECT app.my_reach() AS my_reach)) THEN true
    ELSE false
END)) WITH CHECK ((organisation = ( SELECT app.org() AS org)));

CREATE POLICY change ON app.affiliation FOR UPDATE TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_directory() AS reads_directory) THEN true
    WHEN (person = ( SELECT app.me() AS me)) THEN true
    ELSE false
END)) WITH CHECK ((organisation = ( SELECT app.org() AS org)));

CREATE POLICY change ON app.assignment FOR UPDATE TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (person = ( SELECT app.me() AS me)) THEN true
    WHEN (audit = ANY (( SELECT app.my_planned_audits() AS my_planned_audits)::uuid[])) THEN true
    ELSE false
END)) WITH CHECK ((organisation = ( SELECT app.org() AS org)));

CREATE POLICY change ON app.audit FOR UPDATE TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (id = ANY (( SELECT app.my_planned_audits() AS my_planned_audits)::uuid[])) THEN true
    ELSE false
END)) WITH CHECK ((organisation = ( SELECT app.org() AS org)));

CREATE POLICY change ON app.audit_plan_version FOR UPDATE TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (audit = ANY (( SELECT app.my_planned_audits() AS my_planned_audits)::uuid[])) THEN true
    ELSE false
END)) WITH CHECK ((organisation = ( SELECT app.org() AS org)));

CREATE POLICY change ON app.audit_requirement FOR UPDATE TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (audit = ANY (( SELECT app.my_planned_audits() AS my_planned_audits)::uuid[])) THEN true
    ELSE false
END)) WITH CHECK ((organisation = ( SELECT app.org() AS org)));

CREATE POLICY change ON app.certification FOR UPDATE TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_directory() AS reads_directory) THEN true
    WHEN (party = ANY (( SELECT app.my_parties() AS my_parties)::uuid[])) THEN true
    ELSE false
END)) WITH CHECK ((organisation = ( SELECT app.org() AS org)));

CREATE POLICY change ON app."check" FOR UPDATE TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND (part = ANY (( SELECT app.my_parts() AS my_parts)::uuid[])))) WITH CHECK ((organisation = ( SELECT app.org() AS org)));

CREATE POLICY change ON app.competence FOR UPDATE TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (person = ( SELECT app.me() AS me)) THEN true
    ELSE false
END)) WITH CHECK ((organisation = ( SELECT app.org() AS org)));

CREATE POLICY change ON app.confirmation FOR UPDATE TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (audit = ANY (( SELECT app.my_planned_audits() AS my_planned_audits)::uuid[])) THEN true
    ELSE false
END)) WITH CHECK ((organisation = ( SELECT app.org() AS org)));

CREATE POLICY change ON app.declaration FOR UPDATE TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (person = ( SELECT app.me() AS me)) THEN true
    WHEN (audit = ANY (( SELECT app.my_audits() AS my_audits)::uuid[])) THEN true
    ELSE false
END)) WITH CHECK ((organisation = ( SELECT app.org() AS org)));

CREATE POLICY change ON app.dispute FOR UPDATE TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND (readers && ( SELECT app.my_reach() AS my_reach)))) WITH CHECK ((organisation = ( SELECT app.org() AS org)));

CREATE POLICY change ON app.ending FOR UPDATE TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_directory() AS reads_directory) THEN true
    WHEN (person = ( SELECT app.me() AS me)) THEN true
    ELSE false
END)) WITH CHECK ((organisation = ( SELECT app.org() AS org)));

CREATE POLICY change ON app.enrolment FOR UPDATE TO ninetwo_api USING ((organisation = ( SELECT app.org() AS org))) WITH CHECK ((organisation = ( SELECT app.org() AS org)));

CREATE POLICY change ON app.evidence_request FOR UPDATE TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN (part = ANY (( SELECT app.my_parts() AS my_parts)::uuid[])) THEN true
    WHEN (function = ANY (( SELECT app.my_functions() AS my_functions)::uuid[])) THEN true
    ELSE false
END)) WITH CHECK ((organisation = ( SELECT app.org() AS org)));

CREATE POLICY change ON app.extension FOR UPDATE TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN (asked_by = ( SELECT app.me() AS me)) THEN true
    WHEN (readers && ( SELECT app.my_reach() AS my_reach)) THEN true
    ELSE false
END)) WITH CHECK ((organisation = ( SELECT app.org() AS org)));

CREATE POLICY change ON app.finding FOR UPDATE TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND (readers && ( SELECT app.my_reach() AS my_reach)))) WITH CHECK ((organisation = ( SELECT app.org() AS org)));

CREATE POLICY change ON app.function FOR UPDATE TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_directory() AS reads_directory) THEN true
    WHEN (id = ANY (( SELECT app.my_functions() AS my_functions)::uuid[])) THEN true
    ELSE false
END)) WITH CHECK ((organisation = ( SELECT app.org() AS org)));

CREATE POLICY change ON app.grading FOR UPDATE TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND (readers && ( SELECT app.my_reach() AS my_reach)))) WITH CHECK ((organisation = ( SELECT app.org() AS org)));

CREATE POLICY change ON app.impairment FOR UPDATE TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (person = ( SELECT app.me() AS me)) THEN true
    WHEN (audit = ANY (( SELECT app.my_audits() AS my_audits)::uuid[])) THEN true
    ELSE false
END)) WITH CHECK ((organisation = ( SELECT app.org() AS org)));

CREATE POLICY change ON app.interest FOR UPDATE TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (person = ( SELECT app.me() AS me)) THEN true
    WHEN (audit = ANY (( SELECT app.my_audits() AS my_audits)::uuid[])) THEN true
    ELSE false
END)) WITH CHECK ((organisation = ( SELECT app.org() AS org)));

CREATE POLICY change ON app.membership FOR UPDATE TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_directory() AS reads_directory) THEN true
    WHEN (person = ( SELECT app.me() AS me)) THEN true
    ELSE false
END)) WITH CHECK ((organisation = ( SELECT app.org() AS org)));

CREATE POLICY change ON app.operation FOR UPDATE TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_directory() AS reads_directory) THEN true
    WHEN (function = ANY (( SELECT app.my_functions() AS my_functions)::uuid[])) THEN true
    ELSE false
END)) WITH CHECK ((organisation = ( SELECT app.org() AS org)));

CREATE POLICY change ON app.organisation FOR UPDATE TO ninetwo_api USING ((id = ( SELECT app.org() AS org))) WITH CHECK ((id = ( SELECT app.org() AS org)));

CREATE POLICY change ON app.part FOR UPDATE TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (audit = ANY (( SELECT app.my_planned_audits() AS my_planned_audits)::uuid[])) THEN true
    ELSE false
END)) WITH CHECK ((organisation = ( SELECT app.org() AS org)));

CREATE POLICY change ON app.part_function FOR UPDATE TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (audit = ANY (( SELECT app.my_planned_audits() AS my_planned_audits)::uuid[])) THEN true
    ELSE false
END)) WITH CHECK ((organisation = ( SELECT app.org() AS org)));

CREATE POLICY change ON app.party FOR UPDATE TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_directory() AS reads_directory) THEN true
    WHEN (id = ANY (( SELECT app.my_parties() AS my_parties)::uuid[])) THEN true
    ELSE false
END)) WITH CHECK ((organisation = ( SELECT app.org() AS org)));

CREATE POLICY change ON app.person FOR UPDATE TO ninetwo_api USING ((id = ( SELECT app.me() AS me)));

CREATE POLICY change ON app.proposal FOR UPDATE TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (created_by = ( SELECT app.me() AS me)) THEN true
    ELSE false
END)) WITH CHECK ((organisation = ( SELECT app.org() AS org)));

CREATE POLICY change ON app.publication FOR UPDATE TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND ( SELECT app.i_have('management'::text) AS i_have)));

CREATE POLICY change ON app.response FOR UPDATE TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN (written_by = ( SELECT app.me() AS me)) THEN true
    WHEN (readers && ( SELECT app.my_reach() AS my_reach)) THEN true
    ELSE false
END)) WITH CHECK ((organisation = ( SELECT app.org() AS org)));

CREATE POLICY change ON app.responsibility FOR UPDATE TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_directory() AS reads_directory) THEN true
    WHEN (person = ( SELECT app.me() AS me)) THEN true
    WHEN (function = ANY (( SELECT app.my_functions() AS my_functions)::uuid[])) THEN true
    ELSE false
END)) WITH CHECK ((organisation = ( SELECT app.org() AS org)));

CREATE POLICY change ON app.safeguard FOR UPDATE TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (person = ( SELECT app.me() AS me)) THEN true
    WHEN (audit = ANY (( SELECT app.my_audits() AS my_audits)::uuid[])) THEN true
    ELSE false
END)) WITH CHECK ((organisation = ( SELECT app.org() AS org)));

CREATE POLICY change ON app.succession FOR UPDATE TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND ( SELECT app.reads_directory() AS reads_directory))) WITH CHECK ((organisation = ( SELECT app.org() AS org)));

ALTER TABLE app."check" ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.chunk ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.claim ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.competence ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.confirmation ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.declaration ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.dispute ENABLE ROW LEVEL SECURITY;

CREATE POLICY door ON app.export FOR SELECT TO ninetwo_auth USING (true);

CREATE POLICY door ON app.ticket TO ninetwo_auth USING (true);

ALTER TABLE app.due ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.ending ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.enrolment ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.evidence ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.evidence_chunk ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.evidence_request ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.export ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.extension ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.finding ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.finding_cell ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.fingerprint ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.framework ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.function ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.grading ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.impairment ENABLE ROW LEVEL SECURITY;

CREATE POLICY insert ON app.action FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN (owner = ( SELECT app.me() AS me)) THEN true
    WHEN (readers && ( SELECT app.my_reach() AS my_reach)) THEN true
    ELSE false
END));

CREATE POLICY insert ON app.affiliation FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_directory() AS reads_directory) THEN true
    WHEN (person = ( SELECT app.me() AS me)) THEN true
    ELSE false
END));

CREATE POLICY insert ON app.assignment FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (person = ( SELECT app.me() AS me)) THEN true
    WHEN (audit = ANY (( SELECT app.my_planned_audits() AS my_planned_audits)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY insert ON app.audit FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (id = ANY (( SELECT app.my_planned_audits() AS my_planned_audits)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY insert ON app.audit_plan_version FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (audit = ANY (( SELECT app.my_planned_audits() AS my_planned_audits)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY insert ON app.audit_requirement FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (audit = ANY (( SELECT app.my_planned_audits() AS my_planned_audits)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY insert ON app.certification FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_directory() AS reads_directory) THEN true
    WHEN (party = ANY (( SELECT app.my_parties() AS my_parties)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY insert ON app."check" FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND (part = ANY (( SELECT app.my_parts() AS my_parts)::uuid[]))));

CREATE POLICY insert ON app.competence FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (person = ( SELECT app.me() AS me)) THEN true
    ELSE false
END));

CREATE POLICY insert ON app.confirmation FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (audit = ANY (( SELECT app.my_planned_audits() AS my_planned_audits)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY insert ON app.declaration FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (person = ( SELECT app.me() AS me)) THEN true
    WHEN (audit = ANY (( SELECT app.my_audits() AS my_audits)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY insert ON app.dispute FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND (readers && ( SELECT app.my_reach() AS my_reach))));

CREATE POLICY insert ON app.ending FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_directory() AS reads_directory) THEN true
    WHEN (person = ( SELECT app.me() AS me)) THEN true
    ELSE false
END));

CREATE POLICY insert ON app.enrolment FOR INSERT TO ninetwo_api WITH CHECK ((organisation = ( SELECT app.org() AS org)));

CREATE POLICY insert ON app.evidence_request FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND (part = ANY (( SELECT app.my_parts() AS my_parts)::uuid[]))));

CREATE POLICY insert ON app.extension FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN (asked_by = ( SELECT app.me() AS me)) THEN true
    WHEN (readers && ( SELECT app.my_reach() AS my_reach)) THEN true
    ELSE false
END));

CREATE POLICY insert ON app.finding FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND (part = ANY (( SELECT app.my_parts() AS my_parts)::uuid[]))));

CREATE POLICY insert ON app.framework FOR INSERT TO ninetwo_api WITH CHECK ((organisation = ( SELECT app.org() AS org)));

CREATE POLICY insert ON app.function FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_directory() AS reads_directory) THEN true
    WHEN (id = ANY (( SELECT app.my_functions() AS my_functions)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY insert ON app.grading FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND (readers && ( SELECT app.my_reach() AS my_reach))));

CREATE POLICY insert ON app.impairment FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (person = ( SELECT app.me() AS me)) THEN true
    WHEN (audit = ANY (( SELECT app.my_audits() AS my_audits)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY insert ON app.interest FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (person = ( SELECT app.me() AS me)) THEN true
    WHEN (audit = ANY (( SELECT app.my_audits() AS my_audits)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY insert ON app.membership FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_directory() AS reads_directory) THEN true
    WHEN (person = ( SELECT app.me() AS me)) THEN true
    ELSE false
END));

CREATE POLICY insert ON app.operation FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_directory() AS reads_directory) THEN true
    WHEN (function = ANY (( SELECT app.my_functions() AS my_functions)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY insert ON app.part FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (audit = ANY (( SELECT app.my_planned_audits() AS my_planned_audits)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY insert ON app.part_function FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (audit = ANY (( SELECT app.my_planned_audits() AS my_planned_audits)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY insert ON app.party FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_directory() AS reads_directory) THEN true
    WHEN (id = ANY (( SELECT app.my_parties() AS my_parties)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY insert ON app.person FOR INSERT TO ninetwo_api WITH CHECK ((app.i_have('administrator'::text) OR app.i_have('management'::text)));

CREATE POLICY insert ON app.progress FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN (person = ( SELECT app.me() AS me)) THEN true
    WHEN (readers && ( SELECT app.my_reach() AS my_reach)) THEN true
    ELSE false
END));

CREATE POLICY insert ON app.proposal FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (created_by = ( SELECT app.me() AS me)) THEN true
    ELSE false
END));

CREATE POLICY insert ON app.remark FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND (readers && ( SELECT app.my_reach() AS my_reach))));

CREATE POLICY insert ON app.requirement FOR INSERT TO ninetwo_api WITH CHECK ((EXISTS ( SELECT
   FROM app.framework f
  WHERE ((f.id = requirement.framework) AND (f.organisation = ( SELECT app.org() AS org))))));

CREATE POLICY insert ON app.response FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN (written_by = ( SELECT app.me() AS me)) THEN true
    WHEN (readers && ( SELECT app.my_reach() AS my_reach)) THEN true
    ELSE false
END));

CREATE POLICY insert ON app.responsibility FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_directory() AS reads_directory) THEN true
    WHEN (person = ( SELECT app.me() AS me)) THEN true
    WHEN (function = ANY (( SELECT app.my_functions() AS my_functions)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY insert ON app.safeguard FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (person = ( SELECT app.me() AS me)) THEN true
    WHEN (audit = ANY (( SELECT app.my_audits() AS my_audits)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY insert ON app.succession FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND ( SELECT app.reads_directory() AS reads_directory)));

CREATE POLICY insert ON app.verification FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN (verified_by = ( SELECT app.me() AS me)) THEN true
    WHEN (readers && ( SELECT app.my_reach() AS my_reach)) THEN true
    ELSE false
END));

ALTER TABLE app.interest ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.kinship ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.mapping ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.membership ENABLE ROW LEVEL SECURITY;

CREATE POLICY mine ON app.request TO ninetwo_api USING ((person = ( SELECT app.me() AS me))) WITH CHECK ((person = ( SELECT app.me() AS me)));

ALTER TABLE app.naming ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.operation ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.organisation ENABLE ROW LEVEL SECURITY;

CREATE POLICY owner ON app.act TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.action TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.affiliation TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.arrangement TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.assignment TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.attachment TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.audit TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.audit_plan_version TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.audit_requirement TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.certification TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app."check" TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.chunk TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.claim TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.competence TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.confirmation TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.declaration TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.dispute TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.due TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.ending TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.enrolment TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.evidence TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.evidence_chunk TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.evidence_request TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.export TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.extension TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.finding TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.finding_cell TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.fingerprint TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.framework TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.function TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.grading TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.impairment TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.interest TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.kinship TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.mapping TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.membership TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.naming TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.operation TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.organisation TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.part TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.part_function TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.party TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.person TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.progress TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.proposal TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.publication TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.reading TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.release TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.release_evidence TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.remark TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.request TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.requirement TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.response TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.responsibility TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.retention TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.safeguard TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.succession TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.ticket TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.upload TO ninetwo_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON app.verification TO ninetwo_owner USING (true) WITH CHECK (true);

ALTER TABLE app.part ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.part_function ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.party ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.person ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.progress ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.proposal ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.publication ENABLE ROW LEVEL SECURITY;

CREATE POLICY publish ON app.publication FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND ( SELECT app.i_have('management'::text) AS i_have)));

CREATE POLICY publish ON app.release_evidence FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND ( SELECT app.i_have('management'::text) AS i_have)));

CREATE POLICY read ON app.action FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN (owner = ( SELECT app.me() AS me)) THEN true
    WHEN (readers && ( SELECT app.my_reach() AS my_reach)) THEN true
    ELSE false
END));

CREATE POLICY read ON app.affiliation FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_directory() AS reads_directory) THEN true
    WHEN (person = ( SELECT app.me() AS me)) THEN true
    ELSE false
END));

CREATE POLICY read ON app.assignment FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (person = ( SELECT app.me() AS me)) THEN true
    WHEN (audit = ANY (( SELECT app.my_planned_audits() AS my_planned_audits)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY read ON app.attachment FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN (finding IS NOT NULL) THEN (EXISTS ( SELECT
       FROM app.finding f
      WHERE ((f.organisation = attachment.organisation) AND (f.id = attachment.finding))))
    WHEN (part = ANY (( SELECT app.my_parts() AS my_parts)::uuid[])) THEN true
    WHEN (function IS NOT NULL) THEN (function = ANY (( SELECT app.my_functions() AS my_functions)::uuid[]))
    ELSE false
END));

CREATE POLICY read ON app.audit FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (id = ANY (( SELECT app.my_planned_audits() AS my_planned_audits)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY read ON app.audit_plan_version FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (audit = ANY (( SELECT app.my_planned_audits() AS my_planned_audits)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY read ON app.audit_requirement FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (audit = ANY (( SELECT app.my_planned_audits() AS my_planned_audits)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY read ON app.certification FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_directory() AS reads_directory) THEN true
    WHEN (party = ANY (( SELECT app.my_parties() AS my_parties)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY read ON app."check" FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND (part = ANY (( SELECT app.my_parts() AS my_parts)::uuid[]))));

CREATE POLICY read ON app.competence FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (person = ( SELECT app.me() AS me)) THEN true
    ELSE false
END));

CREATE POLICY read ON app.confirmation FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (audit = ANY (( SELECT app.my_planned_audits() AS my_planned_audits)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY read ON app.declaration FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (person = ( SELECT app.me() AS me)) THEN true
    WHEN (audit = ANY (( SELECT app.my_audits() AS my_audits)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY read ON app.dispute FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND (readers && ( SELECT app.my_reach() AS my_reach))));

CREATE POLICY read ON app.due FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND (token = ANY (( SELECT app.my_reach() AS my_reach)::uuid[]))));

CREATE POLICY read ON app.ending FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_directory() AS reads_directory) THEN true
    WHEN (person = ( SELECT app.me() AS me)) THEN true
    ELSE false
END));

CREATE POLICY read ON app.enrolment FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_directory() AS reads_directory) THEN true
    ELSE (person = ( SELECT app.me() AS me))
END));

CREATE POLICY read ON app.evidence FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN (supplied_by = ( SELECT app.me() AS me)) THEN true
    WHEN (EXISTS ( SELECT
       FROM app.attachment a
      WHERE ((a.organisation = evidence.organisation) AND (a.evidence = evidence.id)))) THEN true
    ELSE (EXISTS ( SELECT
       FROM app.release_evidence r
      WHERE ((r.organisation = evidence.organisation) AND (r.evidence = evidence.id))))
END));

CREATE POLICY read ON app.evidence_request FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN (part = ANY (( SELECT app.my_parts() AS my_parts)::uuid[])) THEN true
    WHEN (function = ANY (( SELECT app.my_functions() AS my_functions)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY read ON app.extension FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN (asked_by = ( SELECT app.me() AS me)) THEN true
    WHEN (readers && ( SELECT app.my_reach() AS my_reach)) THEN true
    ELSE false
END));

CREATE POLICY read ON app.finding FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND (readers && ( SELECT app.my_reach() AS my_reach))));

CREATE POLICY read ON app.framework FOR SELECT TO ninetwo_api USING (
CASE
    WHEN (organisation IS NULL) THEN true
    ELSE (organisation = ( SELECT app.org() AS org))
END);

CREATE POLICY read ON app.function FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_directory() AS reads_directory) THEN true
    WHEN (id = ANY (( SELECT app.my_functions() AS my_functions)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY read ON app.grading FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND (readers && ( SELECT app.my_reach() AS my_reach))));

CREATE POLICY read ON app.impairment FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (person = ( SELECT app.me() AS me)) THEN true
    WHEN (audit = ANY (( SELECT app.my_audits() AS my_audits)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY read ON app.interest FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (person = ( SELECT app.me() AS me)) THEN true
    WHEN (audit = ANY (( SELECT app.my_audits() AS my_audits)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY read ON app.mapping FOR SELECT TO ninetwo_api USING (true);

CREATE POLICY read ON app.membership FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_directory() AS reads_directory) THEN true
    WHEN (person = ( SELECT app.me() AS me)) THEN true
    ELSE false
END));

CREATE POLICY read ON app.operation FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_directory() AS reads_directory) THEN true
    WHEN (function = ANY (( SELECT app.my_functions() AS my_functions)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY read ON app.organisation FOR SELECT TO ninetwo_api USING ((id = ANY (( SELECT app.my_organisations() AS my_organisations)::uuid[])));

CREATE POLICY read ON app.part FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (audit = ANY (( SELECT app.my_planned_audits() AS my_planned_audits)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY read ON app.part_function FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (audit = ANY (( SELECT app.my_planned_audits() AS my_planned_audits)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY read ON app.party FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_directory() AS reads_directory) THEN true
    WHEN (id = ANY (( SELECT app.my_parties() AS my_parties)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY read ON app.person FOR SELECT TO ninetwo_api USING (
CASE
    WHEN (id = ( SELECT app.me() AS me)) THEN true
    WHEN ( SELECT app.reads_directory() AS reads_directory) THEN (EXISTS ( SELECT
       FROM app.enrolment e
      WHERE ((e.organisation = ( SELECT app.org() AS org)) AND (e.person = person.id))))
    ELSE false
END);

CREATE POLICY read ON app.progress FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN (person = ( SELECT app.me() AS me)) THEN true
    WHEN (readers && ( SELECT app.my_reach() AS my_reach)) THEN true
    ELSE false
END));

CREATE POLICY read ON app.proposal FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (created_by = ( SELECT app.me() AS me)) THEN true
    ELSE false
END));

CREATE POLICY read ON app.publication FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.i_have('management'::text) AS i_have) THEN true
    WHEN ( SELECT app.i_have('observer'::text) AS i_have) THEN (party = ANY (( SELECT app.my_parties() AS my_parties)::uuid[]))
    ELSE (release = ANY (( SELECT app.my_releases() AS my_releases)::uuid[]))
END));

CREATE POLICY read ON app.reading FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.i_have('management'::text) AS i_have) THEN true
    WHEN (person = ( SELECT app.me() AS me)) THEN true
    ELSE
    CASE
        WHEN ( SELECT app.i_have('observer'::text) AS i_have) THEN false
        ELSE (release = ANY (( SELECT app.my_releases() AS my_releases)::uuid[]))
    END
END));

CREATE POLICY read ON app.release FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.i_have('management'::text) AS i_have) THEN true
    WHEN (id = ANY (( SELECT app.my_releases() AS my_releases)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY read ON app.release_evidence FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.i_have('management'::text) AS i_have) THEN true
    ELSE (release = ANY (( SELECT app.my_releases() AS my_releases)::uuid[]))
END));

CREATE POLICY read ON app.remark FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND (readers && ( SELECT app.my_reach() AS my_reach))));

CREATE POLICY read ON app.requirement FOR SELECT TO ninetwo_api USING ((EXISTS ( SELECT
   FROM app.framework f
  WHERE (f.id = requirement.framework))));

CREATE POLICY read ON app.response FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN (written_by = ( SELECT app.me() AS me)) THEN true
    WHEN (readers && ( SELECT app.my_reach() AS my_reach)) THEN true
    ELSE false
END));

CREATE POLICY read ON app.responsibility FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_directory() AS reads_directory) THEN true
    WHEN (person = ( SELECT app.me() AS me)) THEN true
    WHEN (function = ANY (( SELECT app.my_functions() AS my_functions)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY read ON app.safeguard FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (person = ( SELECT app.me() AS me)) THEN true
    WHEN (audit = ANY (( SELECT app.my_audits() AS my_audits)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY read ON app.succession FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND ( SELECT app.reads_directory() AS reads_directory)));

CREATE POLICY read ON app.verification FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN (verified_by = ( SELECT app.me() AS me)) THEN true
    WHEN (readers && ( SELECT app.my_reach() AS my_reach)) THEN true
    ELSE false
END));

ALTER TABLE app.reading ENABLE ROW LEVEL SECURITY;

CREATE POLICY record ON app.reading FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND (person = ( SELECT app.me() AS me))));

ALTER TABLE app.release ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.release_evidence ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.remark ENABLE ROW LEVEL SECURITY;

CREATE POLICY remove ON app.audit_requirement FOR DELETE TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (audit = ANY (( SELECT app.my_planned_audits() AS my_planned_audits)::uuid[])) THEN true
    ELSE false
END));

CREATE POLICY remove ON app.part_function FOR DELETE TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND
CASE
    WHEN ( SELECT app.reads_audits() AS reads_audits) THEN true
    WHEN (audit = ANY (( SELECT app.my_planned_audits() AS my_planned_audits)::uuid[])) THEN true
    ELSE false
END));

ALTER TABLE app.request ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.requirement ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.response ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.responsibility ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.retention ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.safeguard ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.succession ENABLE ROW LEVEL SECURITY;

CREATE POLICY supplier_adds ON app.evidence FOR INSERT TO ninetwo_api WITH CHECK (((organisation = ( SELECT app.org() AS org)) AND (supplied_by = ( SELECT app.me() AS me))));

CREATE POLICY supplier_changes ON app.evidence FOR UPDATE TO ninetwo_api USING ((organisation = ( SELECT app.org() AS org)));

ALTER TABLE app.ticket ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.upload ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.verification ENABLE ROW LEVEL SECURITY;

CREATE POLICY administrator ON auth.invitation FOR SELECT TO ninetwo_api USING (((organisation = ( SELECT app.org() AS org)) AND ( SELECT app.i_have('administrator'::text) AS i_have)));

ALTER TABLE auth.attempt ENABLE ROW LEVEL SECURITY;

CREATE POLICY auth ON auth.attempt TO ninetwo_auth USING (true) WITH CHECK (true);

CREATE POLICY auth ON auth.credential TO ninetwo_auth USING (true) WITH CHECK (true);

CREATE POLICY auth ON auth.invitation TO ninetwo_auth USING (true) WITH CHECK (true);

CREATE POLICY auth ON auth.pepper TO ninetwo_auth USING (true) WITH CHECK (true);

CREATE POLICY auth ON auth.session TO ninetwo_auth USING (true) WITH CHECK (true);

ALTER TABLE auth.credential ENABLE ROW LEVEL SECURITY;

ALTER TABLE auth.invitation ENABLE ROW LEVEL SECURITY;

CREATE POLICY mine ON auth.session FOR SELECT TO ninetwo_api USING ((person = ( SELECT app.me() AS me)));

ALTER TABLE auth.pepper ENABLE ROW LEVEL SECURITY;

ALTER TABLE auth.session ENABLE ROW LEVEL SECURITY;

CREATE POLICY changed ON ledger.event FOR INSERT TO ninetwo_owner WITH CHECK (true);

CREATE POLICY changed ON ledger.pending FOR INSERT TO ninetwo_owner WITH CHECK (true);

ALTER TABLE ledger.day ENABLE ROW LEVEL SECURITY;

ALTER TABLE ledger.delivery ENABLE ROW LEVEL SECURITY;

ALTER TABLE ledger.event ENABLE ROW LEVEL SECURITY;

ALTER TABLE ledger.holder ENABLE ROW LEVEL SECURITY;

ALTER TABLE ledger.holding ENABLE ROW LEVEL SECURITY;

ALTER TABLE ledger.incarnation ENABLE ROW LEVEL SECURITY;

CREATE POLICY ledger ON ledger.day TO ninetwo_ledger USING (true) WITH CHECK (true);

CREATE POLICY ledger ON ledger.delivery TO ninetwo_ledger USING (true) WITH CHECK (true);

CREATE POLICY ledger ON ledger.holder TO ninetwo_ledger USING (true) WITH CHECK (true);

CREATE POLICY ledger ON ledger.holding TO ninetwo_ledger USING (true) WITH CHECK (true);

CREATE POLICY ledger ON ledger.incarnation TO ninetwo_ledger USING (true) WITH CHECK (true);

CREATE POLICY ledger ON ledger.pending TO ninetwo_ledger USING (true) WITH CHECK (true);

CREATE POLICY ledger_read ON ledger.event FOR SELECT TO ninetwo_ledger USING (true);

CREATE POLICY ledger_read ON ledger."position" FOR SELECT TO ninetwo_ledger USING (true);

CREATE POLICY ledger_write ON ledger.event FOR INSERT TO ninetwo_ledger WITH CHECK (true);

CREATE POLICY ledger_write ON ledger."position" FOR INSERT TO ninetwo_ledger WITH CHECK (true);

ALTER TABLE ledger.pending ENABLE ROW LEVEL SECURITY;

ALTER TABLE ledger."position" ENABLE ROW LEVEL SECURITY;

GRANT USAGE ON SCHEMA app TO ninetwo_api;
GRANT USAGE ON SCHEMA app TO ninetwo_auth;
GRANT USAGE ON SCHEMA app TO ninetwo_ledger;

GRANT USAGE ON SCHEMA auth TO ninetwo_api;
GRANT USAGE ON SCHEMA auth TO ninetwo_owner;
GRANT USAGE ON SCHEMA auth TO ninetwo_ledger;

GRANT USAGE ON SCHEMA ledger TO ninetwo_api;
GRANT USAGE ON SCHEMA ledger TO ninetwo_owner;
GRANT USAGE ON SCHEMA ledger TO ninetwo_auth;
GRANT USAGE ON SCHEMA ledger TO ninetwo_feed;

GRANT USAGE ON SCHEMA operator TO ninetwo_operator;
GRANT USAGE ON SCHEMA operator TO ninetwo_feed;

REVOKE ALL ON TYPE app.act_side FROM PUBLIC;
GRANT ALL ON TYPE app.act_side TO ninetwo_api;
GRANT ALL ON TYPE app.act_side TO ninetwo_auth;
GRANT ALL ON TYPE app.act_side TO ninetwo_ledger;

REVOKE ALL ON TYPE app.action_state FROM PUBLIC;
GRANT ALL ON TYPE app.action_state TO ninetwo_api;
GRANT ALL ON TYPE app.action_state TO ninetwo_auth;
GRANT ALL ON TYPE app.action_state TO ninetwo_ledger;

REVOKE ALL ON TYPE app.affiliation_kind FROM PUBLIC;
GRANT ALL ON TYPE app.affiliation_kind TO ninetwo_api;
GRANT ALL ON TYPE app.affiliation_kind TO ninetwo_auth;
GRANT ALL ON TYPE app.affiliation_kind TO ninetwo_ledger;

REVOKE ALL ON TYPE app.amount FROM PUBLIC;
GRANT ALL ON TYPE app.amount TO ninetwo_api;
GRANT ALL ON TYPE app.amount TO ninetwo_auth;
GRANT ALL ON TYPE app.amount TO ninetwo_ledger;

REVOKE ALL ON TYPE app.answer_term FROM PUBLIC;
GRANT ALL ON TYPE app.answer_term TO ninetwo_api;
GRANT ALL ON TYPE app.answer_term TO ninetwo_auth;
GRANT ALL ON TYPE app.answer_term TO ninetwo_ledger;

REVOKE ALL ON TYPE app.attachment_noun FROM PUBLIC;
GRANT ALL ON TYPE app.attachment_noun TO ninetwo_api;
GRANT ALL ON TYPE app.attachment_noun TO ninetwo_auth;
GRANT ALL ON TYPE app.attachment_noun TO ninetwo_ledger;

REVOKE ALL ON TYPE app.audit_kind FROM PUBLIC;
GRANT ALL ON TYPE app.audit_kind TO ninetwo_api;
GRANT ALL ON TYPE app.audit_kind TO ninetwo_auth;
GRANT ALL ON TYPE app.audit_kind TO ninetwo_ledger;

REVOKE ALL ON TYPE app.audit_method FROM PUBLIC;
GRANT ALL ON TYPE app.audit_method TO ninetwo_api;
GRANT ALL ON TYPE app.audit_method TO ninetwo_auth;
GRANT ALL ON TYPE app.audit_method TO ninetwo_ledger;

REVOKE ALL ON TYPE app.audit_state FROM PUBLIC;
GRANT ALL ON TYPE app.audit_state TO ninetwo_api;
GRANT ALL ON TYPE app.audit_state TO ninetwo_auth;
GRANT ALL ON TYPE app.audit_state TO ninetwo_ledger;

REVOKE ALL ON TYPE app.cause_method FROM PUBLIC;
GRANT ALL ON TYPE app.cause_method TO ninetwo_api;
GRANT ALL ON TYPE app.cause_method TO ninetwo_auth;
GRANT ALL ON TYPE app.cause_method TO ninetwo_ledger;

REVOKE ALL ON TYPE app.causes FROM PUBLIC;
GRANT ALL ON TYPE app.causes TO ninetwo_api;
GRANT ALL ON TYPE app.causes TO ninetwo_auth;
GRANT ALL ON TYPE app.causes TO ninetwo_ledger;

REVOKE ALL ON TYPE app.certification_kind FROM PUBLIC;
GRANT ALL ON TYPE app.certification_kind TO ninetwo_api;
GRANT ALL ON TYPE app.certification_kind TO ninetwo_auth;
GRANT ALL ON TYPE app.certification_kind TO ninetwo_ledger;

REVOKE ALL ON TYPE app.check_method FROM PUBLIC;
GRANT ALL ON TYPE app.check_method TO ninetwo_api;
GRANT ALL ON TYPE app.check_method TO ninetwo_auth;
GRANT ALL ON TYPE app.check_method TO ninetwo_ledger;

REVOKE ALL ON TYPE app.check_result FROM PUBLIC;
GRANT ALL ON TYPE app.check_result TO ninetwo_api;
GRANT ALL ON TYPE app.check_result TO ninetwo_auth;
GRANT ALL ON TYPE app.check_result TO ninetwo_ledger;

REVOKE ALL ON TYPE app.claim_row FROM PUBLIC;
GRANT ALL ON TYPE app.claim_row TO ninetwo_api;
GRANT ALL ON TYPE app.claim_row TO ninetwo_auth;
GRANT ALL ON TYPE app.claim_row TO ninetwo_ledger;

REVOKE ALL ON TYPE app.competence_kind FROM PUBLIC;
GRANT ALL ON TYPE app.competence_kind TO ninetwo_api;
GRANT ALL ON TYPE app.competence_kind TO ninetwo_auth;
GRANT ALL ON TYPE app.competence_kind TO ninetwo_ledger;

REVOKE ALL ON TYPE app.cooling_off FROM PUBLIC;
GRANT ALL ON TYPE app.cooling_off TO ninetwo_api;
GRANT ALL ON TYPE app.cooling_off TO ninetwo_auth;
GRANT ALL ON TYPE app.cooling_off TO ninetwo_ledger;

REVOKE ALL ON TYPE app.day FROM PUBLIC;
GRANT ALL ON TYPE app.day TO ninetwo_api;
GRANT ALL ON TYPE app.day TO ninetwo_auth;
GRANT ALL ON TYPE app.day TO ninetwo_ledger;

REVOKE ALL ON TYPE app.dispute_decision FROM PUBLIC;
GRANT ALL ON TYPE app.dispute_decision TO ninetwo_api;
GRANT ALL ON TYPE app.dispute_decision TO ninetwo_auth;
GRANT ALL ON TYPE app.dispute_decision TO ninetwo_ledger;

REVOKE ALL ON TYPE app.dispute_state FROM PUBLIC;
GRANT ALL ON TYPE app.dispute_state TO ninetwo_api;
GRANT ALL ON TYPE app.dispute_state TO ninetwo_auth;
GRANT ALL ON TYPE app.dispute_state TO ninetwo_ledger;

REVOKE ALL ON TYPE app.email FROM PUBLIC;
GRANT ALL ON TYPE app.email TO ninetwo_api;
GRANT ALL ON TYPE app.email TO ninetwo_auth;
GRANT ALL ON TYPE app.email TO ninetwo_ledger;

REVOKE ALL ON TYPE app.ending_noun FROM PUBLIC;
GRANT ALL ON TYPE app.ending_noun TO ninetwo_api;
GRANT ALL ON TYPE app.ending_noun TO ninetwo_auth;
GRANT ALL ON TYPE app.ending_noun TO ninetwo_ledger;

REVOKE ALL ON TYPE app.ending_state FROM PUBLIC;
GRANT ALL ON TYPE app.ending_state TO ninetwo_api;
GRANT ALL ON TYPE app.ending_state TO ninetwo_auth;
GRANT ALL ON TYPE app.ending_state TO ninetwo_ledger;

REVOKE ALL ON TYPE app.evidence_kind FROM PUBLIC;
GRANT ALL ON TYPE app.evidence_kind TO ninetwo_api;
GRANT ALL ON TYPE app.evidence_kind TO ninetwo_auth;
GRANT ALL ON TYPE app.evidence_kind TO ninetwo_ledger;

REVOKE ALL ON TYPE app.evidence_state FROM PUBLIC;
GRANT ALL ON TYPE app.evidence_state TO ninetwo_api;
GRANT ALL ON TYPE app.evidence_state TO ninetwo_auth;
GRANT ALL ON TYPE app.evidence_state TO ninetwo_ledger;

REVOKE ALL ON TYPE app.extension_state FROM PUBLIC;
GRANT ALL ON TYPE app.extension_state TO ninetwo_api;
GRANT ALL ON TYPE app.extension_state TO ninetwo_auth;
GRANT ALL ON TYPE app.extension_state TO ninetwo_ledger;

REVOKE ALL ON TYPE app.file_name FROM PUBLIC;
GRANT ALL ON TYPE app.file_name TO ninetwo_api;
GRANT ALL ON TYPE app.file_name TO ninetwo_auth;
GRANT ALL ON TYPE app.file_name TO ninetwo_ledger;

REVOKE ALL ON TYPE app.file_size FROM PUBLIC;
GRANT ALL ON TYPE app.file_size TO ninetwo_api;
GRANT ALL ON TYPE app.file_size TO ninetwo_auth;
GRANT ALL ON TYPE app.file_size TO ninetwo_ledger;

REVOKE ALL ON TYPE app.finding_answer FROM PUBLIC;
GRANT ALL ON TYPE app.finding_answer TO ninetwo_api;
GRANT ALL ON TYPE app.finding_answer TO ninetwo_auth;
GRANT ALL ON TYPE app.finding_answer TO ninetwo_ledger;

REVOKE ALL ON TYPE app.finding_state FROM PUBLIC;
GRANT ALL ON TYPE app.finding_state TO ninetwo_api;
GRANT ALL ON TYPE app.finding_state TO ninetwo_auth;
GRANT ALL ON TYPE app.finding_state TO ninetwo_ledger;

REVOKE ALL ON TYPE app.grade FROM PUBLIC;
GRANT ALL ON TYPE app.grade TO ninetwo_api;
GRANT ALL ON TYPE app.grade TO ninetwo_auth;
GRANT ALL ON TYPE app.grade TO ninetwo_ledger;

REVOKE ALL ON TYPE app.grade_answers FROM PUBLIC;
GRANT ALL ON TYPE app.grade_answers TO ninetwo_api;
GRANT ALL ON TYPE app.grade_answers TO ninetwo_auth;
GRANT ALL ON TYPE app.grade_answers TO ninetwo_ledger;

REVOKE ALL ON TYPE app.grading_phase FROM PUBLIC;
GRANT ALL ON TYPE app.grading_phase TO ninetwo_api;
GRANT ALL ON TYPE app.grading_phase TO ninetwo_auth;
GRANT ALL ON TYPE app.grading_phase TO ninetwo_ledger;

REVOKE ALL ON TYPE app.grading_state FROM PUBLIC;
GRANT ALL ON TYPE app.grading_state TO ninetwo_api;
GRANT ALL ON TYPE app.grading_state TO ninetwo_auth;
GRANT ALL ON TYPE app.grading_state TO ninetwo_ledger;

REVOKE ALL ON TYPE app.identifier FROM PUBLIC;
GRANT ALL ON TYPE app.identifier TO ninetwo_api;
GRANT ALL ON TYPE app.identifier TO ninetwo_auth;
GRANT ALL ON TYPE app.identifier TO ninetwo_ledger;

REVOKE ALL ON TYPE app.impairment_rule FROM PUBLIC;
GRANT ALL ON TYPE app.impairment_rule TO ninetwo_api;
GRANT ALL ON TYPE app.impairment_rule TO ninetwo_auth;
GRANT ALL ON TYPE app.impairment_rule TO ninetwo_ledger;

REVOKE ALL ON TYPE app.interest_kind FROM PUBLIC;
GRANT ALL ON TYPE app.interest_kind TO ninetwo_api;
GRANT ALL ON TYPE app.interest_kind TO ninetwo_auth;
GRANT ALL ON TYPE app.interest_kind TO ninetwo_ledger;

REVOKE ALL ON TYPE app.invitation_state FROM PUBLIC;
GRANT ALL ON TYPE app.invitation_state TO ninetwo_api;
GRANT ALL ON TYPE app.invitation_state TO ninetwo_auth;
GRANT ALL ON TYPE app.invitation_state TO ninetwo_ledger;

REVOKE ALL ON TYPE app.major_term FROM PUBLIC;
GRANT ALL ON TYPE app.major_term TO ninetwo_api;
GRANT ALL ON TYPE app.major_term TO ninetwo_auth;
GRANT ALL ON TYPE app.major_term TO ninetwo_ledger;

REVOKE ALL ON TYPE app.mapping_relation FROM PUBLIC;
GRANT ALL ON TYPE app.mapping_relation TO ninetwo_api;
GRANT ALL ON TYPE app.mapping_relation TO ninetwo_auth;
GRANT ALL ON TYPE app.mapping_relation TO ninetwo_ledger;

REVOKE ALL ON TYPE app.mapping_strength FROM PUBLIC;
GRANT ALL ON TYPE app.mapping_strength TO ninetwo_api;
GRANT ALL ON TYPE app.mapping_strength TO ninetwo_auth;
GRANT ALL ON TYPE app.mapping_strength TO ninetwo_ledger;

REVOKE ALL ON TYPE app.media_type FROM PUBLIC;
GRANT ALL ON TYPE app.media_type TO ninetwo_api;
GRANT ALL ON TYPE app.media_type TO ninetwo_auth;
GRANT ALL ON TYPE app.media_type TO ninetwo_ledger;

REVOKE ALL ON TYPE app.meeting FROM PUBLIC;
GRANT ALL ON TYPE app.meeting TO ninetwo_api;
GRANT ALL ON TYPE app.meeting TO ninetwo_auth;
GRANT ALL ON TYPE app.meeting TO ninetwo_ledger;

REVOKE ALL ON TYPE app.membership_role FROM PUBLIC;
GRANT ALL ON TYPE app.membership_role TO ninetwo_api;
GRANT ALL ON TYPE app.membership_role TO ninetwo_auth;
GRANT ALL ON TYPE app.membership_role TO ninetwo_ledger;

REVOKE ALL ON TYPE app.minor_term FROM PUBLIC;
GRANT ALL ON TYPE app.minor_term TO ninetwo_api;
GRANT ALL ON TYPE app.minor_term TO ninetwo_auth;
GRANT ALL ON TYPE app.minor_term TO ninetwo_ledger;

REVOKE ALL ON TYPE app.owed FROM PUBLIC;
GRANT ALL ON TYPE app.owed TO ninetwo_api;
GRANT ALL ON TYPE app.owed TO ninetwo_auth;
GRANT ALL ON TYPE app.owed TO ninetwo_ledger;

REVOKE ALL ON TYPE app.party_kind FROM PUBLIC;
GRANT ALL ON TYPE app.party_kind TO ninetwo_api;
GRANT ALL ON TYPE app.party_kind TO ninetwo_auth;
GRANT ALL ON TYPE app.party_kind TO ninetwo_ledger;

REVOKE ALL ON TYPE app.percentage FROM PUBLIC;
GRANT ALL ON TYPE app.percentage TO ninetwo_api;
GRANT ALL ON TYPE app.percentage TO ninetwo_auth;
GRANT ALL ON TYPE app.percentage TO ninetwo_ledger;

REVOKE ALL ON TYPE app.plan_term FROM PUBLIC;
GRANT ALL ON TYPE app.plan_term TO ninetwo_api;
GRANT ALL ON TYPE app.plan_term TO ninetwo_auth;
GRANT ALL ON TYPE app.plan_term TO ninetwo_ledger;

REVOKE ALL ON TYPE app.progress_kind FROM PUBLIC;
GRANT ALL ON TYPE app.progress_kind TO ninetwo_api;
GRANT ALL ON TYPE app.progress_kind TO ninetwo_auth;
GRANT ALL ON TYPE app.progress_kind TO ninetwo_ledger;

REVOKE ALL ON TYPE app.proposal_state FROM PUBLIC;
GRANT ALL ON TYPE app.proposal_state TO ninetwo_api;
GRANT ALL ON TYPE app.proposal_state TO ninetwo_auth;
GRANT ALL ON TYPE app.proposal_state TO ninetwo_ledger;

REVOKE ALL ON TYPE app.prose FROM PUBLIC;
GRANT ALL ON TYPE app.prose TO ninetwo_api;
GRANT ALL ON TYPE app.prose TO ninetwo_auth;
GRANT ALL ON TYPE app.prose TO ninetwo_ledger;

REVOKE ALL ON TYPE app.reason FROM PUBLIC;
GRANT ALL ON TYPE app.reason TO ninetwo_api;
GRANT ALL ON TYPE app.reason TO ninetwo_auth;
GRANT ALL ON TYPE app.reason TO ninetwo_ledger;

REVOKE ALL ON TYPE app.reference FROM PUBLIC;
GRANT ALL ON TYPE app.reference TO ninetwo_api;
GRANT ALL ON TYPE app.reference TO ninetwo_auth;
GRANT ALL ON TYPE app.reference TO ninetwo_ledger;

REVOKE ALL ON TYPE app.refusal FROM PUBLIC;
GRANT ALL ON TYPE app.refusal TO ninetwo_api;
GRANT ALL ON TYPE app.refusal TO ninetwo_auth;
GRANT ALL ON TYPE app.refusal TO ninetwo_ledger;

REVOKE ALL ON TYPE app.release_kind FROM PUBLIC;
GRANT ALL ON TYPE app.release_kind TO ninetwo_api;
GRANT ALL ON TYPE app.release_kind TO ninetwo_auth;
GRANT ALL ON TYPE app.release_kind TO ninetwo_ledger;

REVOKE ALL ON TYPE app.request_state FROM PUBLIC;
GRANT ALL ON TYPE app.request_state TO ninetwo_api;
GRANT ALL ON TYPE app.request_state TO ninetwo_auth;
GRANT ALL ON TYPE app.request_state TO ninetwo_ledger;

REVOKE ALL ON TYPE app.requirement_kind FROM PUBLIC;
GRANT ALL ON TYPE app.requirement_kind TO ninetwo_api;
GRANT ALL ON TYPE app.requirement_kind TO ninetwo_auth;
GRANT ALL ON TYPE app.requirement_kind TO ninetwo_ledger;

REVOKE ALL ON TYPE app.response_state FROM PUBLIC;
GRANT ALL ON TYPE app.response_state TO ninetwo_api;
GRANT ALL ON TYPE app.response_state TO ninetwo_auth;
GRANT ALL ON TYPE app.response_state TO ninetwo_ledger;

REVOKE ALL ON TYPE app.responsibility_kind FROM PUBLIC;
GRANT ALL ON TYPE app.responsibility_kind TO ninetwo_api;
GRANT ALL ON TYPE app.responsibility_kind TO ninetwo_auth;
GRANT ALL ON TYPE app.responsibility_kind TO ninetwo_ledger;

REVOKE ALL ON TYPE app.safeguard_kind FROM PUBLIC;
GRANT ALL ON TYPE app.safeguard_kind TO ninetwo_api;
GRANT ALL ON TYPE app.safeguard_kind TO ninetwo_auth;
GRANT ALL ON TYPE app.safeguard_kind TO ninetwo_ledger;

REVOKE ALL ON TYPE app.sha256 FROM PUBLIC;
GRANT ALL ON TYPE app.sha256 TO ninetwo_api;
GRANT ALL ON TYPE app.sha256 TO ninetwo_auth;
GRANT ALL ON TYPE app.sha256 TO ninetwo_ledger;

REVOKE ALL ON TYPE app.standing FROM PUBLIC;
GRANT ALL ON TYPE app.standing TO ninetwo_api;
GRANT ALL ON TYPE app.standing TO ninetwo_auth;
GRANT ALL ON TYPE app.standing TO ninetwo_ledger;

REVOKE ALL ON TYPE app.team_role FROM PUBLIC;
GRANT ALL ON TYPE app.team_role TO ninetwo_api;
GRANT ALL ON TYPE app.team_role TO ninetwo_auth;
GRANT ALL ON TYPE app.team_role TO ninetwo_ledger;

REVOKE ALL ON TYPE app.timetable FROM PUBLIC;
GRANT ALL ON TYPE app.timetable TO ninetwo_api;
GRANT ALL ON TYPE app.timetable TO ninetwo_auth;
GRANT ALL ON TYPE app.timetable TO ninetwo_ledger;

REVOKE ALL ON TYPE app.title FROM PUBLIC;
GRANT ALL ON TYPE app.title TO ninetwo_api;
GRANT ALL ON TYPE app.title TO ninetwo_auth;
GRANT ALL ON TYPE app.title TO ninetwo_ledger;

REVOKE ALL ON TYPE app.verification_result FROM PUBLIC;
GRANT ALL ON TYPE app.verification_result TO ninetwo_api;
GRANT ALL ON TYPE app.verification_result TO ninetwo_auth;
GRANT ALL ON TYPE app.verification_result TO ninetwo_ledger;

REVOKE ALL ON TYPE app.zone FROM PUBLIC;
GRANT ALL ON TYPE app.zone TO ninetwo_api;
GRANT ALL ON TYPE app.zone TO ninetwo_auth;
GRANT ALL ON TYPE app.zone TO ninetwo_ledger;

GRANT SELECT,INSERT,UPDATE ON TABLE app.action TO ninetwo_api;

GRANT SELECT,INSERT,UPDATE ON TABLE app.finding TO ninetwo_api;

GRANT SELECT,INSERT,UPDATE ON TABLE app.grading TO ninetwo_api;

GRANT SELECT,INSERT,UPDATE ON TABLE app.assignment TO ninetwo_api;

GRANT SELECT,INSERT,UPDATE ON TABLE app."check" TO ninetwo_api;

GRANT SELECT,UPDATE ON TABLE app.ticket TO ninetwo_auth;

GRANT SELECT,INSERT,UPDATE ON TABLE app.audit TO ninetwo_api;

GRANT SELECT,INSERT,UPDATE ON TABLE app.competence TO ninetwo_api;

GRANT SELECT,INSERT,UPDATE ON TABLE app.ending TO ninetwo_api;

GRANT SELECT,INSERT,UPDATE ON TABLE app.proposal TO ninetwo_api;

GRANT SELECT,INSERT,UPDATE ON TABLE app.declaration TO ninetwo_api;

GRANT SELECT,INSERT,UPDATE ON TABLE app.dispute TO ninetwo_api;

GRANT SELECT,INSERT,UPDATE ON TABLE app.response TO ninetwo_api;

GRANT SELECT ON TABLE app.due TO ninetwo_api;

GRANT SELECT,INSERT,UPDATE ON TABLE app.evidence TO ninetwo_api;

GRANT SELECT,INSERT,UPDATE ON TABLE app.interest TO ninetwo_api;

GRANT SELECT,INSERT,UPDATE ON TABLE app.evidence_request TO ninetwo_api;

GRANT SELECT ON TABLE app.release TO ninetwo_api;

GRANT SELECT,INSERT,UPDATE ON TABLE app.responsibility TO ninetwo_api;

GRANT SELECT ON TABLE app.export TO ninetwo_auth;

GRANT SELECT(id) ON TABLE auth.session TO ninetwo_api;

GRANT SELECT(kind) ON TABLE auth.session TO ninetwo_api;

GRANT SELECT(person) ON TABLE auth.session TO ninetwo_api;

GRANT SELECT(name) ON TABLE auth.session TO ninetwo_api;

GRANT SELECT(agent) ON TABLE auth.session TO ninetwo_api;

GRANT SELECT(address) ON TABLE auth.session TO ninetwo_api;

GRANT SELECT(scope) ON TABLE auth.session TO ninetwo_api;

GRANT SELECT(created_at) ON TABLE auth.session TO ninetwo_api;

GRANT SELECT(seen_at) ON TABLE auth.session TO ninetwo_api;

GRANT SELECT(idle_until) ON TABLE auth.session TO ninetwo_api;

GRANT SELECT(expires_at) ON TABLE auth.session TO ninetwo_api;

GRANT SELECT(ended_at) ON TABLE auth.session TO ninetwo_api;

GRANT SELECT(ended_by) ON TABLE auth.session TO ninetwo_api;

GRANT SELECT(id) ON TABLE auth.invitation TO ninetwo_api;

GRANT SELECT(person) ON TABLE auth.invitation TO ninetwo_api;

GRANT SELECT(organisation) ON TABLE auth.invitation TO ninetwo_api;

GRANT SELECT(kind) ON TABLE auth.invitation TO ninetwo_api;

GRANT SELECT(state) ON TABLE auth.invitation TO ninetwo_api;

GRANT SELECT(created_at) ON TABLE auth.invitation TO ninetwo_api;

GRANT SELECT(created_by) ON TABLE auth.invitation TO ninetwo_api;

GRANT SELECT(expires_at) ON TABLE auth.invitation TO ninetwo_api;

GRANT SELECT(sent_at) ON TABLE auth.invitation TO ninetwo_api;

GRANT SELECT(used_at) ON TABLE auth.invitation TO ninetwo_api;

GRANT SELECT,INSERT,UPDATE ON TABLE app.enrolment TO ninetwo_api;
GRANT SELECT ON TABLE app.enrolment TO ninetwo_auth;

GRANT SELECT,INSERT,UPDATE ON TABLE app.affiliation TO ninetwo_api;

GRANT SELECT,INSERT,UPDATE ON TABLE app.party TO ninetwo_api;

GRANT SELECT,INSERT,UPDATE ON TABLE app.certification TO ninetwo_api;

GRANT SELECT,INSERT,UPDATE ON TABLE app.part TO ninetwo_api;

GRANT SELECT,INSERT,UPDATE ON TABLE app.extension TO ninetwo_api;

GRANT SELECT,INSERT,UPDATE ON TABLE app.function TO ninetwo_api;

GRANT SELECT,INSERT,UPDATE ON TABLE app.membership TO ninetwo_api;
GRANT SELECT ON TABLE app.membership TO ninetwo_auth;

GRANT SELECT,INSERT,UPDATE ON TABLE app.operation TO ninetwo_api;

GRANT SELECT,INSERT,UPDATE ON TABLE app.organisation TO ninetwo_api;
GRANT SELECT ON TABLE app.organisation TO ninetwo_auth;

GRANT SELECT,INSERT ON TABLE app.attachment TO ninetwo_api;

GRANT SELECT,INSERT,UPDATE ON TABLE app.audit_plan_version TO ninetwo_api;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE app.audit_requirement TO ninetwo_api;

GRANT SELECT ON TABLE app.called_action TO ninetwo_api;

GRANT SELECT ON TABLE app.called_audit TO ninetwo_api;

GRANT SELECT ON TABLE app.called_check TO ninetwo_api;

GRANT SELECT ON TABLE app.called_finding TO ninetwo_api;

GRANT SELECT,INSERT,UPDATE ON TABLE app.framework TO ninetwo_api;

GRANT SELECT ON TABLE app.called_framework TO ninetwo_api;

GRANT SELECT ON TABLE app.called_function TO ninetwo_api;

GRANT SELECT ON TABLE app.called_part TO ninetwo_api;

GRANT SELECT ON TABLE app.called_party TO ninetwo_api;

GRANT SELECT ON TABLE app.called_person TO ninetwo_api;

GRANT SELECT ON TABLE app.called_release TO ninetwo_api;

GRANT SELECT ON TABLE app.called_request TO ninetwo_api;

GRANT SELECT,INSERT,UPDATE ON TABLE app.requirement TO ninetwo_api;

GRANT SELECT ON TABLE app.called_requirement TO ninetwo_api;

GRANT SELECT,INSERT,UPDATE ON TABLE app.confirmation TO ninetwo_api;

GRANT SELECT,INSERT,UPDATE ON TABLE app.impairment TO ninetwo_api;

GRANT SELECT,INSERT,UPDATE ON TABLE app.mapping TO ninetwo_api;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE app.part_function TO ninetwo_api;

GRANT SELECT,INSERT,UPDATE ON TABLE app.person TO ninetwo_api;
GRANT SELECT ON TABLE app.person TO ninetwo_auth;

GRANT SELECT,INSERT ON TABLE app.progress TO ninetwo_api;

GRANT SELECT,INSERT,UPDATE ON TABLE app.publication TO ninetwo_api;

GRANT SELECT,INSERT ON TABLE app.reading TO ninetwo_api;

GRANT SELECT,INSERT ON TABLE app.release_evidence TO ninetwo_api;

GRANT SELECT,INSERT ON TABLE app.remark TO ninetwo_api;

GRANT SELECT,INSERT ON TABLE app.request TO ninetwo_api;

GRANT SELECT,INSERT,UPDATE ON TABLE app.safeguard TO ninetwo_api;

GRANT SELECT,INSERT,UPDATE ON TABLE app.succession TO ninetwo_api;

GRANT SELECT,INSERT ON TABLE app.verification TO ninetwo_api;

GRANT USAGE ON SEQUENCE ledger.event_id TO ninetwo_owner;

GRANT INSERT ON TABLE ledger.event TO ninetwo_owner;

GRANT INSERT ON TABLE ledger.pending TO ninetwo_owner;

ALTER DEFAULT PRIVILEGES FOR ROLE ninetwo_owner IN SCHEMA app GRANT ALL ON TYPES  TO ninetwo_api;
ALTER DEFAULT PRIVILEGES FOR ROLE ninetwo_owner IN SCHEMA app GRANT ALL ON TYPES  TO ninetwo_auth;
ALTER DEFAULT PRIVILEGES FOR ROLE ninetwo_owner IN SCHEMA app GRANT ALL ON TYPES  TO ninetwo_ledger;

ALTER DEFAULT PRIVILEGES FOR ROLE ninetwo_owner IN SCHEMA app GRANT ALL ON FUNCTIONS  TO ninetwo_api;

ALTER DEFAULT PRIVILEGES FOR ROLE ninetwo_api REVOKE ALL ON TYPES  FROM PUBLIC;

ALTER DEFAULT PRIVILEGES FOR ROLE ninetwo_auth REVOKE ALL ON TYPES  FROM PUBLIC;

ALTER DEFAULT PRIVILEGES FOR ROLE ninetwo_ledger REVOKE ALL ON TYPES  FROM PUBLIC;

ALTER DEFAULT PRIVILEGES FOR ROLE ninetwo_owner REVOKE ALL ON TYPES  FROM PUBLIC;

ALTER DEFAULT PRIVILEGES FOR ROLE ninetwo_api REVOKE ALL ON FUNCTIONS  FROM PUBLIC;

ALTER DEFAULT PRIVILEGES FOR ROLE ninetwo_auth REVOKE ALL ON FUNCTIONS  FROM PUBLIC;

ALTER DEFAULT PRIVILEGES FOR ROLE ninetwo_ledger REVOKE ALL ON FUNCTIONS  FROM PUBLIC;

ALTER DEFAULT PRIVILEGES FOR ROLE ninetwo_owner REVOKE ALL ON FUNCTIONS  FROM PUBLIC;

