-- A database of the version before. See README.md.
SELECT pg_catalog.set_config('search_path', '', false);
CREATE SCHEMA drizzle;
CREATE SCHEMA pgboss;
CREATE TYPE pgboss.job_state AS ENUM (
    'created',
    'retry',
    'active',
    'completed',
    'cancelled',
    'failed'
);
CREATE FUNCTION pgboss.create_queue(queue_name text, options json) RETURNS void
    LANGUAGE plpgsql
    AS $_$
    DECLARE
      table_name varchar := 'j' || encode(sha224(queue_name::bytea), 'hex');
      queue_created_on timestamptz;
    BEGIN
      WITH q as (
      INSERT INTO pgboss.queue (
        name,
        policy,
        retry_limit,
        retry_delay,
        retry_backoff,
        expire_seconds,
        retention_minutes,
        dead_letter,
        partition_name
      )
      VALUES (
        queue_name,
        options->>'policy',
        (options->>'retryLimit')::int,
        (options->>'retryDelay')::int,
        (options->>'retryBackoff')::bool,
        (options->>'expireInSeconds')::int,
        (options->>'retentionMinutes')::int,
        options->>'deadLetter',
        table_name
      )
      ON CONFLICT DO NOTHING
      RETURNING created_on
      )
      SELECT created_on into queue_created_on from q;
      IF queue_created_on IS NULL THEN
        RETURN;
      END IF;
      EXECUTE format('CREATE TABLE pgboss.%I (LIKE pgboss.job INCLUDING DEFAULTS)', table_name);
      EXECUTE format('ALTER TABLE pgboss.%1$I ADD PRIMARY KEY (name, id)', table_name);
      EXECUTE format('ALTER TABLE pgboss.%1$I ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES pgboss.queue (name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED', table_name);
      EXECUTE format('ALTER TABLE pgboss.%1$I ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue (name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED', table_name);
      EXECUTE format('CREATE UNIQUE INDEX %1$s_i1 ON pgboss.%1$I (name, COALESCE(singleton_key, '''')) WHERE state = ''created'' AND policy = ''short''', table_name);
      EXECUTE format('CREATE UNIQUE INDEX %1$s_i2 ON pgboss.%1$I (name, COALESCE(singleton_key, '''')) WHERE state = ''active'' AND policy = ''singleton''', table_name);
      EXECUTE format('CREATE UNIQUE INDEX %1$s_i3 ON pgboss.%1$I (name, state, COALESCE(singleton_key, '''')) WHERE state <= ''active'' AND policy = ''stately''', table_name);
      EXECUTE format('CREATE UNIQUE INDEX %1$s_i4 ON pgboss.%1$I (name, singleton_on, COALESCE(singleton_key, '''')) WHERE state <> ''cancelled'' AND singleton_on IS NOT NULL', table_name);
      EXECUTE format('CREATE INDEX %1$s_i5 ON pgboss.%1$I (name, start_after) INCLUDE (priority, created_on, id) WHERE state < ''active''', table_name);
      EXECUTE format('ALTER TABLE pgboss.%I ADD CONSTRAINT cjc CHECK (name=%L)', table_name, queue_name);
      EXECUTE format('ALTER TABLE pgboss.job ATTACH PARTITION pgboss.%I FOR VALUES IN (%L)', table_name, queue_name);
    END;
    $_$;
CREATE FUNCTION pgboss.delete_queue(queue_name text) RETURNS void
    LANGUAGE plpgsql
    AS $$
    DECLARE
      table_name varchar;
    BEGIN
      WITH deleted as (
        DELETE FROM pgboss.queue
        WHERE name = queue_name
        RETURNING partition_name
      )
      SELECT partition_name from deleted INTO table_name;
      EXECUTE format('DROP TABLE IF EXISTS pgboss.%I', table_name);
    END;
    $$;
CREATE TABLE drizzle.__drizzle_migrations (
    id integer NOT NULL,
    hash text NOT NULL,
    created_at bigint
);
CREATE SEQUENCE drizzle.__drizzle_migrations_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE drizzle.__drizzle_migrations_id_seq OWNED BY drizzle.__drizzle_migrations.id;
CREATE TABLE pgboss.archive (
    id uuid NOT NULL,
    name text NOT NULL,
    priority integer NOT NULL,
    data jsonb,
    state pgboss.job_state NOT NULL,
    retry_limit integer NOT NULL,
    retry_count integer NOT NULL,
    retry_delay integer NOT NULL,
    retry_backoff boolean NOT NULL,
    start_after timestamp with time zone NOT NULL,
    started_on timestamp with time zone,
    singleton_key text,
    singleton_on timestamp without time zone,
    expire_in interval NOT NULL,
    created_on timestamp with time zone NOT NULL,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    archived_on timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE pgboss.job (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state pgboss.job_state DEFAULT 'created'::pgboss.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    singleton_key text,
    singleton_on timestamp without time zone,
    expire_in interval DEFAULT '00:15:00'::interval NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '14 days'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text
)
PARTITION BY LIST (name);
CREATE TABLE pgboss.j0086012a9f175f2d15ecca7bb23b67e799df697821c14fae77228898 (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state pgboss.job_state DEFAULT 'created'::pgboss.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    singleton_key text,
    singleton_on timestamp without time zone,
    expire_in interval DEFAULT '00:15:00'::interval NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '14 days'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    CONSTRAINT cjc CHECK ((name = 'probe'::text))
);
CREATE TABLE pgboss.j03613b53bb32d49cf9affa191ee7b2056681cf57cfc164aee383a716 (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state pgboss.job_state DEFAULT 'created'::pgboss.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    singleton_key text,
    singleton_on timestamp without time zone,
    expire_in interval DEFAULT '00:15:00'::interval NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '14 days'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    CONSTRAINT cjc CHECK ((name = 'findings'::text))
);
CREATE TABLE pgboss.j1b6fac220713e5d2334ab3f84d185f46afdab055c1dae23b4be58900 (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state pgboss.job_state DEFAULT 'created'::pgboss.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    singleton_key text,
    singleton_on timestamp without time zone,
    expire_in interval DEFAULT '00:15:00'::interval NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '14 days'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    CONSTRAINT cjc CHECK ((name = 'transaction'::text))
);
CREATE TABLE pgboss.j2eab60d5e094326e2051571d7b0fc5657038ec4c069057e2e0832715 (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state pgboss.job_state DEFAULT 'created'::pgboss.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    singleton_key text,
    singleton_on timestamp without time zone,
    expire_in interval DEFAULT '00:15:00'::interval NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '14 days'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    CONSTRAINT cjc CHECK ((name = 'refresh'::text))
);
CREATE TABLE pgboss.j53f091cbab40be23fbfefa7ff9e0c78921747927c37259831e2d0597 (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state pgboss.job_state DEFAULT 'created'::pgboss.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    singleton_key text,
    singleton_on timestamp without time zone,
    expire_in interval DEFAULT '00:15:00'::interval NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '14 days'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    CONSTRAINT cjc CHECK ((name = 'notify'::text))
);
CREATE TABLE pgboss.j623f124773d49a5c8933e5d4dd55a2052ce8e426f76c4ea900e42c71 (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state pgboss.job_state DEFAULT 'created'::pgboss.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    singleton_key text,
    singleton_on timestamp without time zone,
    expire_in interval DEFAULT '00:15:00'::interval NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '14 days'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    CONSTRAINT cjc CHECK ((name = 'scopes'::text))
);
CREATE TABLE pgboss.jb4a9f34b58e0ff0e728a2f85147f335fefc8277be0358a4104d44c05 (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state pgboss.job_state DEFAULT 'created'::pgboss.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    singleton_key text,
    singleton_on timestamp without time zone,
    expire_in interval DEFAULT '00:15:00'::interval NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '14 days'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    CONSTRAINT cjc CHECK ((name = 'revoke_replaced'::text))
);
CREATE TABLE pgboss.jbe7524689ed3b56a18f5676cc84e1312e3a07fc6254f41e4ba037c72 (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state pgboss.job_state DEFAULT 'created'::pgboss.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    singleton_key text,
    singleton_on timestamp without time zone,
    expire_in interval DEFAULT '00:15:00'::interval NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '14 days'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    CONSTRAINT cjc CHECK ((name = 'notice'::text))
);
CREATE TABLE pgboss.jcef2581b142a3fd7be735de3131d432aee1e20484543e30733bf1b68 (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state pgboss.job_state DEFAULT 'created'::pgboss.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    singleton_key text,
    singleton_on timestamp without time zone,
    expire_in interval DEFAULT '00:15:00'::interval NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '14 days'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    CONSTRAINT cjc CHECK ((name = 'inbox'::text))
);
CREATE TABLE pgboss.jdc561e51939bde92f4d7d08c9c1de3a52784a418ce353df2623627bc (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state pgboss.job_state DEFAULT 'created'::pgboss.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    singleton_key text,
    singleton_on timestamp without time zone,
    expire_in interval DEFAULT '00:15:00'::interval NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '14 days'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    CONSTRAINT cjc CHECK ((name = 'dead_letters'::text))
);
CREATE TABLE pgboss.jf3d73b71ded688983403efa42625a89b783bab296ae6794ae956bd41 (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state pgboss.job_state DEFAULT 'created'::pgboss.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    singleton_key text,
    singleton_on timestamp without time zone,
    expire_in interval DEFAULT '00:15:00'::interval NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '14 days'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    CONSTRAINT cjc CHECK ((name = 'progress'::text))
);
CREATE TABLE pgboss.jfa61ca864128adc1750fcd4a18a2aa21582d5999a7883b7ee96466a9 (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state pgboss.job_state DEFAULT 'created'::pgboss.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    singleton_key text,
    singleton_on timestamp without time zone,
    expire_in interval DEFAULT '00:15:00'::interval NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '14 days'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    CONSTRAINT cjc CHECK ((name = 'refused_together'::text))
);
CREATE TABLE pgboss.queue (
    name text NOT NULL,
    policy text,
    retry_limit integer,
    retry_delay integer,
    retry_backoff boolean,
    expire_seconds integer,
    retention_minutes integer,
    dead_letter text,
    partition_name text,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    updated_on timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE pgboss.schedule (
    name text NOT NULL,
    cron text NOT NULL,
    timezone text,
    data jsonb,
    options jsonb,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    updated_on timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE pgboss.subscription (
    event text NOT NULL,
    name text NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    updated_on timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE pgboss.version (
    version integer NOT NULL,
    maintained_on timestamp with time zone,
    cron_on timestamp with time zone,
    monitored_on timestamp with time zone
);
CREATE TABLE public.administrators (
    email text NOT NULL,
    person_id text NOT NULL,
    webex_org_id text NOT NULL,
    first_seen_at timestamp with time zone NOT NULL,
    direct_room_id text
);
CREATE TABLE public.connect_links (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    token_hash text NOT NULL,
    state_hash text NOT NULL,
    code_verifier text,
    scopes text[] NOT NULL,
    asked_by text NOT NULL,
    room_id text NOT NULL,
    parent_message_id text,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    taken_at timestamp with time zone,
    redemptions integer DEFAULT 0 NOT NULL,
    transaction_id bigint,
    ended_at timestamp with time zone
);
CREATE TABLE public.connections (
    organization_id uuid NOT NULL,
    access_token text,
    refresh_token text,
    access_token_expires_at timestamp with time zone NOT NULL,
    refresh_token_expires_at timestamp with time zone NOT NULL,
    obtained_at timestamp with time zone NOT NULL,
    scopes text[] NOT NULL,
    authorized_person_id text NOT NULL,
    authorized_email text NOT NULL,
    by_partner boolean NOT NULL,
    connected_at timestamp with time zone NOT NULL,
    state text DEFAULT 'connected'::text NOT NULL,
    state_reason text,
    failures integer DEFAULT 0 NOT NULL,
    refresh_due_at timestamp with time zone NOT NULL,
    refresh_held_until timestamp with time zone,
    warned_days integer,
    warn_at timestamp with time zone,
    acknowledged_by text,
    acknowledged_at timestamp with time zone,
    snoozed_until timestamp with time zone,
    escalate_at timestamp with time zone,
    failing_warn_at timestamp with time zone,
    lost_told_at timestamp with time zone,
    probe_due_at timestamp with time zone DEFAULT now() NOT NULL,
    probed_at timestamp with time zone,
    findings jsonb DEFAULT '[]'::jsonb NOT NULL,
    told_missing_scopes text[] DEFAULT '{}'::text[] NOT NULL,
    refused_at timestamp with time zone,
    escalated_at timestamp with time zone
);
CREATE TABLE public.inbox_events (
    id text NOT NULL,
    resource text NOT NULL,
    event text NOT NULL,
    resource_id text NOT NULL,
    actor_id text,
    person_id text,
    room_id text,
    received_at timestamp with time zone NOT NULL,
    held_until timestamp with time zone NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    handled_at timestamp with time zone,
    outcome text
);
CREATE TABLE public.licenses (
    organization_id uuid NOT NULL,
    webex_id text NOT NULL,
    name text NOT NULL,
    total_units bigint,
    consumed_units bigint,
    consumed_by_users bigint,
    consumed_by_workspaces bigint,
    subscription_id text,
    site_url text,
    site_type text
);
CREATE TABLE public.markers (
    name text NOT NULL,
    value text NOT NULL,
    set_at timestamp with time zone NOT NULL
);
CREATE TABLE public.notices (
    id uuid NOT NULL,
    key text NOT NULL,
    kind text NOT NULL,
    organization_id uuid,
    room_id text,
    parent_message_id text,
    replaces_message_id text,
    payload jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    sought_since timestamp with time zone,
    sought_hash text,
    delivered_at timestamp with time zone,
    message_id text,
    undeliverable text,
    to_person_email text,
    CONSTRAINT notices_addressee CHECK (((room_id IS NOT NULL) OR (to_person_email IS NOT NULL)))
);
CREATE TABLE public.organizations (
    id uuid NOT NULL,
    name text NOT NULL,
    wholesale_status boolean NOT NULL,
    webex_contact_center boolean NOT NULL,
    base_url_setting text,
    account_number_external uuid NOT NULL,
    account_number text NOT NULL,
    account_email text,
    default_calling_behaviour text,
    email_domain text,
    dirsync_enabled boolean NOT NULL,
    notes text,
    http_proxy text,
    https_proxy text,
    sync boolean NOT NULL,
    room_id text NOT NULL,
    created_by text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    search_name text DEFAULT ''::text NOT NULL
);
CREATE TABLE public.people (
    person_id text NOT NULL,
    email text NOT NULL,
    display_name text,
    seen_at timestamp with time zone NOT NULL,
    webex_org_id text DEFAULT ''::text NOT NULL,
    type text DEFAULT 'person'::text NOT NULL,
    refused_at timestamp with time zone
);
CREATE TABLE public.refreshes (
    id bigint NOT NULL,
    organization_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    reason text NOT NULL,
    outcome text NOT NULL,
    old_deadline_at timestamp with time zone NOT NULL,
    new_deadline_at timestamp with time zone NOT NULL,
    access_token_expires_at timestamp with time zone NOT NULL,
    access_token_fingerprint text NOT NULL,
    refresh_token_fingerprint text NOT NULL,
    code text,
    tracking_id text,
    transaction_id bigint
);
ALTER TABLE public.refreshes ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.refreshes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.roles (
    organization_id uuid NOT NULL,
    webex_id text NOT NULL,
    name text NOT NULL
);
CREATE TABLE public.settings (
    level text NOT NULL,
    subject text NOT NULL,
    "values" jsonb NOT NULL,
    updated_by text NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
CREATE TABLE public.spaces (
    room_id text NOT NULL,
    type text NOT NULL,
    title text,
    joined_at timestamp with time zone NOT NULL,
    left_at timestamp with time zone,
    last_list jsonb,
    told_refresh_id bigint,
    digested_at timestamp with time zone,
    has_outsiders boolean,
    members_read_at timestamp with time zone,
    members_version integer DEFAULT 0 NOT NULL,
    read_along_by text,
    read_along_at timestamp with time zone
);
CREATE TABLE public.syncs (
    organization_id uuid NOT NULL,
    kind text NOT NULL,
    total integer NOT NULL,
    synced_at timestamp with time zone NOT NULL
);
CREATE TABLE public.transaction_log (
    id bigint NOT NULL,
    transaction_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    message text NOT NULL
);
ALTER TABLE public.transaction_log ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.transaction_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.transaction_steps (
    transaction_id bigint NOT NULL,
    "position" integer NOT NULL,
    name text NOT NULL,
    attempt integer DEFAULT 0 NOT NULL,
    status text NOT NULL,
    message text,
    started_at timestamp with time zone,
    completed_at timestamp with time zone
);
CREATE TABLE public.transactions (
    id bigint NOT NULL,
    action text NOT NULL,
    organization_id uuid,
    organization_name text NOT NULL,
    requested_by text NOT NULL,
    room_id text NOT NULL,
    parent_message_id text,
    status text NOT NULL,
    reason text,
    message text,
    cure text,
    pending text,
    progress_edits integer DEFAULT 0 NOT NULL,
    progress_text_hash text,
    progress_held_until timestamp with time zone,
    submitted_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone,
    completed_at timestamp with time zone,
    cancel_requested_by text,
    cancel_requested_at timestamp with time zone,
    replay_of bigint
);
ALTER TABLE public.transactions ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.transactions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE ONLY pgboss.job ATTACH PARTITION pgboss.j0086012a9f175f2d15ecca7bb23b67e799df697821c14fae77228898 FOR VALUES IN ('probe');
ALTER TABLE ONLY pgboss.job ATTACH PARTITION pgboss.j03613b53bb32d49cf9affa191ee7b2056681cf57cfc164aee383a716 FOR VALUES IN ('findings');
ALTER TABLE ONLY pgboss.job ATTACH PARTITION pgboss.j1b6fac220713e5d2334ab3f84d185f46afdab055c1dae23b4be58900 FOR VALUES IN ('transaction');
ALTER TABLE ONLY pgboss.job ATTACH PARTITION pgboss.j2eab60d5e094326e2051571d7b0fc5657038ec4c069057e2e0832715 FOR VALUES IN ('refresh');
ALTER TABLE ONLY pgboss.job ATTACH PARTITION pgboss.j53f091cbab40be23fbfefa7ff9e0c78921747927c37259831e2d0597 FOR VALUES IN ('notify');
ALTER TABLE ONLY pgboss.job ATTACH PARTITION pgboss.j623f124773d49a5c8933e5d4dd55a2052ce8e426f76c4ea900e42c71 FOR VALUES IN ('scopes');
ALTER TABLE ONLY pgboss.job ATTACH PARTITION pgboss.jb4a9f34b58e0ff0e728a2f85147f335fefc8277be0358a4104d44c05 FOR VALUES IN ('revoke_replaced');
ALTER TABLE ONLY pgboss.job ATTACH PARTITION pgboss.jbe7524689ed3b56a18f5676cc84e1312e3a07fc6254f41e4ba037c72 FOR VALUES IN ('notice');
ALTER TABLE ONLY pgboss.job ATTACH PARTITION pgboss.jcef2581b142a3fd7be735de3131d432aee1e20484543e30733bf1b68 FOR VALUES IN ('inbox');
ALTER TABLE ONLY pgboss.job ATTACH PARTITION pgboss.jdc561e51939bde92f4d7d08c9c1de3a52784a418ce353df2623627bc FOR VALUES IN ('dead_letters');
ALTER TABLE ONLY pgboss.job ATTACH PARTITION pgboss.jf3d73b71ded688983403efa42625a89b783bab296ae6794ae956bd41 FOR VALUES IN ('progress');
ALTER TABLE ONLY pgboss.job ATTACH PARTITION pgboss.jfa61ca864128adc1750fcd4a18a2aa21582d5999a7883b7ee96466a9 FOR VALUES IN ('refused_together');
ALTER TABLE ONLY drizzle.__drizzle_migrations ALTER COLUMN id SET DEFAULT nextval('drizzle.__drizzle_migrations_id_seq'::regclass);
INSERT INTO drizzle.__drizzle_migrations VALUES (1, 'a373d217f0659244e4fb26257eff7c35716cd192e851790a8878d393acdf4a54', 1795476734877);
INSERT INTO drizzle.__drizzle_migrations VALUES (2, 'e0459593f2741273b53fd3ffa57f7460a7d800c26ab829e73f5d70df6b590ff9', 1795519671337);
INSERT INTO drizzle.__drizzle_migrations VALUES (3, '3866bb9dcb05a475076067e3fe0a777dc3da91695ded5cda7159f15ff8ad6945', 1795545395741);
INSERT INTO drizzle.__drizzle_migrations VALUES (4, '07a401226bc6156c9e6eec99d3bbd566b38e9c4f92ba1e3246cb78e33aa41887', 1795901041729);
INSERT INTO drizzle.__drizzle_migrations VALUES (5, '3f5866b23df7bca6b13102d31b04684b8d4861bdcc67efcbed0ed76462dad60f', 1795901901170);
INSERT INTO drizzle.__drizzle_migrations VALUES (6, 'fa6ae42614fcafc68ce0fa3e994896e580acb900a7cc0067d097f52abcc2ad3b', 1795902612455);
INSERT INTO drizzle.__drizzle_migrations VALUES (7, '514204938d27d4414b48c09dc52120b722e0a8ce85083ad0bca9c7e1e1d7abcb', 1795902876756);
INSERT INTO drizzle.__drizzle_migrations VALUES (8, 'b7837ed4acf6942a5b64f1066504971412942c7df251b641543433c09c6f91b9', 1795903041553);
INSERT INTO drizzle.__drizzle_migrations VALUES (9, '38b1526befcd155d24c1d177ed712841cbe59af02bd9c4af1d54e09393e90980', 1795904318619);
INSERT INTO drizzle.__drizzle_migrations VALUES (10, '9a2d9331a7d9c182b27fc460a1b6bdb00f6f94775517e4e8925ba5a94a050f1d', 1795905163029);
INSERT INTO drizzle.__drizzle_migrations VALUES (11, 'd06562a8c06c2f8a1fc01a2db9e8c12f069604d63cc7378857c2af6058927a4f', 1795905708646);
INSERT INTO pgboss.j0086012a9f175f2d15ecca7bb23b67e799df697821c14fae77228898 VALUES ('ed88e75c-a311-46b3-b7d1-21c3e7e22945', 'probe', 0, '{"organizationId": "522966d7-2c8b-4a2b-bfe7-706c57f24f31"}', 'completed', 2, 0, 5, true, '2025-12-31 23:59:51.050+00', '2025-12-31 23:59:51.079+00', '522966d7-2c8b-4a2b-bfe7-706c57f24f31', NULL, '00:00:10', '2025-12-31 23:59:51.050+00', '2025-12-31 23:59:51.237+00', '2026-01-14 23:59:51.050+00', NULL, 'dead_letters', 'short');
INSERT INTO pgboss.j1b6fac220713e5d2334ab3f84d185f46afdab055c1dae23b4be58900 VALUES ('cce98f99-4baa-4e2f-8448-e6dfa235fcbd', 'transaction', 0, '{"transactionId": 1}', 'completed', 10, 0, 2, true, '2025-12-31 23:59:45.485+00', '2025-12-31 23:59:45.607+00', NULL, NULL, '00:00:10', '2025-12-31 23:59:45.485+00', '2025-12-31 23:59:45.942+00', '2026-01-14 23:59:45.485+00', NULL, 'dead_letters', 'standard');
INSERT INTO pgboss.j1b6fac220713e5d2334ab3f84d185f46afdab055c1dae23b4be58900 VALUES ('bc2a718a-6107-4a0f-94dc-50d392afcdc6', 'transaction', 0, '{"transactionId": 5}', 'active', 10, 0, 2, true, '2025-12-31 23:59:57.862+00', '2025-12-31 23:59:57.918+00', NULL, NULL, '00:00:10', '2025-12-31 23:59:57.862+00', NULL, '2026-01-14 23:59:57.862+00', NULL, 'dead_letters', 'standard');
INSERT INTO pgboss.j53f091cbab40be23fbfefa7ff9e0c78921747927c37259831e2d0597 VALUES ('3540d43e-e8ab-4b76-8d38-7725ec27eeac', 'notify', 0, '{"roomId": "{{group-space}}"}', 'created', 5, 0, 2, true, '2026-01-01 00:00:03.519+00', NULL, '{{group-space}}', NULL, '00:00:10', '2025-12-31 23:59:58.519+00', NULL, '2026-01-15 00:00:03.519+00', NULL, 'dead_letters', 'short');
INSERT INTO pgboss.j623f124773d49a5c8933e5d4dd55a2052ce8e426f76c4ea900e42c71 VALUES ('5826af3e-62ad-4715-9a95-46990a1e0814', 'scopes', 0, '{}', 'completed', 8, 0, 5, true, '2025-12-31 23:59:37.628+00', '2025-12-31 23:59:37.685+00', 'all', NULL, '00:00:10', '2025-12-31 23:59:37.628+00', '2025-12-31 23:59:37.882+00', '2026-01-14 23:59:37.628+00', NULL, 'dead_letters', 'short');
INSERT INTO pgboss.jbe7524689ed3b56a18f5676cc84e1312e3a07fc6254f41e4ba037c72 VALUES ('f320199c-3c6a-4cab-9e0a-cc4877b30482', 'notice', 0, '{"noticeId": "6d4a8386-7199-47b9-958b-e94d4e16b667"}', 'completed', 14, 0, 2, true, '2025-12-31 23:59:48.829+00', '2025-12-31 23:59:48.864+00', NULL, NULL, '00:00:10', '2025-12-31 23:59:48.829+00', '2025-12-31 23:59:48.973+00', '2026-01-14 23:59:48.829+00', NULL, 'dead_letters', 'standard');
INSERT INTO pgboss.jbe7524689ed3b56a18f5676cc84e1312e3a07fc6254f41e4ba037c72 VALUES ('23516956-afff-4332-b62e-a3733f8e3935', 'notice', 0, '{"noticeId": "41ff8c47-1962-4fce-b5c8-31fec036fb21"}', 'created', 14, 0, 2, true, '2026-01-01 00:00:01.175+00', NULL, NULL, NULL, '00:00:10', '2025-12-31 23:59:59.175+00', NULL, '2026-01-15 00:00:01.175+00', NULL, 'dead_letters', 'standard');
INSERT INTO pgboss.jbe7524689ed3b56a18f5676cc84e1312e3a07fc6254f41e4ba037c72 VALUES ('7dc5287f-fafc-4928-b022-9979256ba087', 'notice', 0, '{"noticeId": "b9bc77e1-16d2-40db-bea5-c2c188fd88ac"}', 'retry', 14, 0, 2, true, '2026-01-01 00:00:01.689+00', '2025-12-31 23:59:59.129+00', NULL, NULL, '00:00:10', '2025-12-31 23:59:59.073+00', NULL, '2026-01-14 23:59:59.073+00', '{"error": "WebexUnavailable"}', 'dead_letters', 'standard');
INSERT INTO pgboss.jbe7524689ed3b56a18f5676cc84e1312e3a07fc6254f41e4ba037c72 VALUES ('0b729f2a-b092-4537-a02f-4757f31b6c43', 'notice', 0, '{"noticeId": "994de973-6c98-4c5e-955a-64112b84473c"}', 'retry', 14, 0, 2, true, '2026-01-01 00:00:02.885+00', '2025-12-31 23:59:59.370+00', NULL, NULL, '00:00:10', '2025-12-31 23:59:59.198+00', NULL, '2026-01-14 23:59:59.198+00', '{"error": "WebexUnavailable"}', 'dead_letters', 'standard');
INSERT INTO pgboss.jf3d73b71ded688983403efa42625a89b783bab296ae6794ae956bd41 VALUES ('e7026768-75d8-4cfe-bd5f-0e0221d07177', 'progress', 0, '{"transactionId": 3}', 'completed', 3, 0, 1, true, '2025-12-31 23:59:47.704+00', '2025-12-31 23:59:47.706+00', '3', NULL, '00:00:10', '2025-12-31 23:59:47.704+00', '2025-12-31 23:59:48.108+00', '2026-01-14 23:59:47.704+00', NULL, 'dead_letters', 'short');
INSERT INTO pgboss.queue VALUES ('dead_letters', 'standard', NULL, NULL, NULL, NULL, NULL, NULL, 'jdc561e51939bde92f4d7d08c9c1de3a52784a418ce353df2623627bc', '2025-12-31 23:59:26.771+00', '2025-12-31 23:59:26.771+00');
INSERT INTO pgboss.queue VALUES ('inbox', 'standard', 8, 1, true, 10, NULL, 'dead_letters', 'jcef2581b142a3fd7be735de3131d432aee1e20484543e30733bf1b68', '2025-12-31 23:59:26.806+00', '2025-12-31 23:59:36.473+00');
INSERT INTO pgboss.queue VALUES ('refresh', 'short', 2, 5, true, 10, NULL, 'dead_letters', 'j2eab60d5e094326e2051571d7b0fc5657038ec4c069057e2e0832715', '2025-12-31 23:59:26.846+00', '2025-12-31 23:59:36.485+00');
INSERT INTO pgboss.queue VALUES ('refused_together', 'short', 8, 2, true, 10, NULL, 'dead_letters', 'jfa61ca864128adc1750fcd4a18a2aa21582d5999a7883b7ee96466a9', '2025-12-31 23:59:26.862+00', '2025-12-31 23:59:36.488+00');
INSERT INTO pgboss.queue VALUES ('revoke_replaced', 'standard', 8, 10, true, 10, NULL, 'dead_letters', 'jb4a9f34b58e0ff0e728a2f85147f335fefc8277be0358a4104d44c05', '2025-12-31 23:59:26.880+00', '2025-12-31 23:59:36.495+00');
INSERT INTO pgboss.queue VALUES ('probe', 'short', 2, 5, true, 10, NULL, 'dead_letters', 'j0086012a9f175f2d15ecca7bb23b67e799df697821c14fae77228898', '2025-12-31 23:59:26.894+00', '2025-12-31 23:59:36.496+00');
INSERT INTO pgboss.queue VALUES ('findings', 'short', 8, 2, true, 10, NULL, 'dead_letters', 'j03613b53bb32d49cf9affa191ee7b2056681cf57cfc164aee383a716', '2025-12-31 23:59:26.904+00', '2025-12-31 23:59:36.501+00');
INSERT INTO pgboss.queue VALUES ('scopes', 'short', 8, 5, true, 10, NULL, 'dead_letters', 'j623f124773d49a5c8933e5d4dd55a2052ce8e426f76c4ea900e42c71', '2025-12-31 23:59:26.934+00', '2025-12-31 23:59:36.506+00');
INSERT INTO pgboss.queue VALUES ('notify', 'short', 5, 2, true, 10, NULL, 'dead_letters', 'j53f091cbab40be23fbfefa7ff9e0c78921747927c37259831e2d0597', '2025-12-31 23:59:26.957+00', '2025-12-31 23:59:36.516+00');
INSERT INTO pgboss.queue VALUES ('transaction', 'standard', 10, 2, true, 10, NULL, 'dead_letters', 'j1b6fac220713e5d2334ab3f84d185f46afdab055c1dae23b4be58900', '2025-12-31 23:59:26.993+00', '2025-12-31 23:59:36.520+00');
INSERT INTO pgboss.queue VALUES ('progress', 'short', 3, 1, true, 10, NULL, 'dead_letters', 'jf3d73b71ded688983403efa42625a89b783bab296ae6794ae956bd41', '2025-12-31 23:59:27.013+00', '2025-12-31 23:59:36.521+00');
INSERT INTO pgboss.queue VALUES ('notice', 'standard', 14, 2, true, 10, NULL, 'dead_letters', 'jbe7524689ed3b56a18f5676cc84e1312e3a07fc6254f41e4ba037c72', '2025-12-31 23:59:27.040+00', '2025-12-31 23:59:36.522+00');
INSERT INTO pgboss.version VALUES (24, NULL, NULL, NULL);
INSERT INTO public.administrators VALUES ('ada@meridian.example', '{{person:ada@meridian.example}}', '{{organization:meridian}}', '2025-12-29 19:11:37.585+00', '{{direct-space}}');
INSERT INTO public.connect_links VALUES ('12551304-15ba-4b16-b00a-9d4a343b9062', '522966d7-2c8b-4a2b-bfe7-706c57f24f31', 'b3942307bba64854d9a4010cea9e04009ca28080930985023f3a0d5a29750c0b', 'fa9043f2135847dd2ce79be1b3962cf0ee16976d4644d21dc816800ec777ee53', 'v1.test.uucj2j43M_F_DV2wuxTItzljUN9vM-YE6x_e-WrtVJrHqgoN8ZtMa-bfiaEZC_N8LEXPoMgKPfqIoM3ZP74-M8ZyT1kNZQI', '{spark:people_read,spark-admin:organizations_read,identity:tokens_read,identity:tokens_write,spark-admin:roles_read,spark-admin:licenses_read}', 'ada@meridian.example', '{{direct-space}}', NULL, '2025-12-29 19:11:43.120+00', '2025-12-30 19:11:43.120+00', NULL, 0, NULL, '2025-12-29 19:11:45.211+00');
INSERT INTO public.connect_links VALUES ('7b49c723-acbb-4959-b196-9802afb16463', '522966d7-2c8b-4a2b-bfe7-706c57f24f31', 'a3fc484440df04b334f5d26cbdba48fcfae4fa47cdf1a66111c66be1713faf2a', '01486a4f54d2a2f9e2ec719cd551f9347d6a9956b71d253dd400e91bf4fa3161', NULL, '{spark:people_read,spark-admin:organizations_read,identity:tokens_read,identity:tokens_write,spark-admin:roles_read,spark-admin:licenses_read}', 'ada@meridian.example', '{{direct-space}}', NULL, '2025-12-29 19:11:42.829+00', '2025-12-30 19:11:42.829+00', '2025-12-29 19:11:43.655+00', 1, 1, '2025-12-29 19:11:45.211+00');
INSERT INTO public.connect_links VALUES ('27466ff4-4e6e-4b8e-9bd7-34b1b8e44409', '8d4187f3-9881-4104-b437-3744d3f10cdc', 'b83c0087cc2db80a76a2ab2404fa9fa549d3a0c815d5d104b1637eab9009aa81', 'bf58f728bea8fc635af55b62f8a19067b2c96ce99eb12910a1d571cdc9edd333', 'v1.test.JWoGe_tpQ8hLM1wZzNlF9z49wocVp-HQnV9OqdbkIY3ynbCJbQ9xkDnJwHIOVEROTrB8iBJ20U8CEjVsWWxbIE41ZwGVgEA', '{spark:people_read,spark-admin:organizations_read,identity:tokens_read,identity:tokens_write}', 'ada@meridian.example', '{{group-space}}', NULL, '2025-12-29 19:11:47.070+00', '2025-12-30 19:11:47.070+00', NULL, 0, NULL, '2025-12-29 19:11:47.855+00');
INSERT INTO public.connect_links VALUES ('b96c3328-2585-488c-9a91-d8466553ebde', '8d4187f3-9881-4104-b437-3744d3f10cdc', 'edeb39340029f28e2390e1ad7c378334e399e0cd4cefae7c83d15c8ba54c7799', '9c2acf2720cf29929d40e3006cc59e337fd104f9259a9074aa12fd3e863a884a', NULL, '{spark:people_read,spark-admin:organizations_read,identity:tokens_read,identity:tokens_write}', 'ada@meridian.example', '{{group-space}}', NULL, '2025-12-29 19:11:46.950+00', '2025-12-30 19:11:46.950+00', '2025-12-29 19:11:47.175+00', 1, 3, '2025-12-29 19:11:47.855+00');
INSERT INTO public.connect_links VALUES ('99c56f2a-66c1-427b-9e41-0be36a846868', '90275a2a-d615-4b2a-973d-6b19c60303fe', 'ca749dc4c9c362037862b60da5e6850c0cf1043cfd4e6cad8222ce0c66bfe6d9', 'bdaf614d549c57f3759f822de5bfd7aa85f99016ae38fe299c2b0e685d9884e7', NULL, '{spark:people_read,spark-admin:organizations_read,identity:tokens_read,identity:tokens_write}', 'ada@meridian.example', '{{direct-space}}', NULL, '2025-12-29 19:11:48.887+00', '2025-12-30 19:11:48.887+00', '2025-12-29 19:11:49.140+00', 1, 4, '2025-12-29 19:11:49.803+00');
INSERT INTO public.connect_links VALUES ('a65f9fa1-b0e3-48a3-8314-d5217534e814', '90275a2a-d615-4b2a-973d-6b19c60303fe', '8658a0f0d74560e8e4ff71cf262e418860f958e2379eef3a9bb7078dc175a413', '00ea552ec3637555faff8df8b79ae5b56f51a22020759f2ef975bedb081ea744', 'v1.test.T2Hph1vX-FCB_xG3hD_RxVKdKs7WiBPDLDG79zVEdBhDmADb4n0DNtEgl90z61SesJfeabdH2W2XriJYscPCGI6xJvJYIcw', '{spark:people_read,spark-admin:organizations_read,identity:tokens_read,identity:tokens_write}', 'ada@meridian.example', '{{direct-space}}', NULL, '2025-12-29 19:11:48.979+00', '2025-12-30 19:11:48.979+00', NULL, 0, NULL, '2025-12-29 19:11:49.803+00');
INSERT INTO public.connect_links VALUES ('ea09ce22-33a3-4b2d-a900-00b930b29744', '522966d7-2c8b-4a2b-bfe7-706c57f24f31', 'a3b5f839c76705019eaaebf1e1cb6e3c33164053c328de8d3f0a4cd821f8cbcb', '0abc913f79aa6739887f61eb785b7731d06c712ef13f3604bb8e2a6168425565', 'v1.test.0aJFRw6AsAyNBP8EDkwneDa3NQRxbbs09t70QH2il-rfkYO4bgtjI5WUGYB4IkcLxYuE7H3u1kB4j4eQhMCX6bo-4KByNVI', '{spark:people_read,spark-admin:organizations_read,identity:tokens_read,identity:tokens_write,spark-admin:roles_read,spark-admin:licenses_read}', 'ada@meridian.example', '{{direct-space}}', NULL, '2025-12-31 23:59:54.486+00', '2026-01-01 23:59:54.486+00', NULL, 0, NULL, NULL);
INSERT INTO public.connect_links VALUES ('ba7c0196-9752-4236-a777-d8ec8e6fb9d0', '522966d7-2c8b-4a2b-bfe7-706c57f24f31', 'fa97077a6997b8937c874c859b7f51909ee34c1c942f7c82129c2343fd873e99', '3ea1924c4cf1e9314e8ce7f4271806b12119cd77c3cf5be96c8768673385ed21', 'v1.test.Ey2pLGxtBkzFlfZIZBGmyElnF-IYXycR8A_hF-tq471oPE1gnaTBJf5HqenjpTIru5V0VnB2ZWI6_E70-RJ9g5b540jxkT0', '{spark:people_read,spark-admin:organizations_read,identity:tokens_read,identity:tokens_write,spark-admin:roles_read,spark-admin:licenses_read}', 'ada@meridian.example', '{{direct-space}}', NULL, '2025-12-31 23:59:54.951+00', '2026-01-01 23:59:54.951+00', NULL, 0, NULL, NULL);
INSERT INTO public.connect_links VALUES ('048a064e-c33e-4f97-b788-fc6bc504931d', '5bf18216-01a8-49f7-a7f2-3fec53faf219', '452feb5d61c2c5a193950d53abbe3e8ebb0051f3b3c3feeabf25b48816978282', 'cc6d6d185a65d52178ff8c2e9fac4f56c06eec3dad33a4b81bbaac217faa07bc', 'v1.test.NU_nknqAL5q_iBqanY-0n_2nTagElptwyW17tCk2Agip3ZC3YrdEgb5xrZcugbmi4Qk6SUcqxdBnk0MtSlIGyQFC68Quwo8', '{spark:people_read,spark-admin:organizations_read,identity:tokens_read,identity:tokens_write,spark-admin:roles_read,spark-admin:licenses_read}', 'ada@meridian.example', '{{direct-space}}', NULL, '2025-12-31 23:59:55.594+00', '2026-01-01 23:59:55.594+00', NULL, 0, NULL, NULL);
INSERT INTO public.connect_links VALUES ('65785bfd-8dfe-4a48-9206-0df334374e68', '5bf18216-01a8-49f7-a7f2-3fec53faf219', '944b838d1be32ae66d2443950bd4b25dac250d49fe833307835f44ac8615bda2', '51546c8af4e200413b9c8dfe93ea763ea20d39c9b149e4aa4751bc2f6b789b44', 'v1.test.SrCIT4LDxDXwvCUtUJyprBnatRCEM99TA51VqA0uGqVxBltyEnD5Awr-gHViJ0hRz34Twuw-lcfl7ojrad2MYXoSmfE8hDU', '{spark:people_read,spark-admin:organizations_read,identity:tokens_read,identity:tokens_write,spark-admin:roles_read,spark-admin:licenses_read}', 'ada@meridian.example', '{{direct-space}}', NULL, '2025-12-31 23:59:55.971+00', '2026-01-01 23:59:55.971+00', NULL, 0, NULL, NULL);
INSERT INTO public.connect_links VALUES ('3733d293-515c-48be-a466-1e90ebff6977', 'e9ac276c-8244-4aa7-a001-d5e7d346d1dd', '3061bc2872cb4c7f4354ed5c736b6a2b7a982c02b0fcc39ca11304bb786c0932', '67a3e9c8372b861d0ac6ca759ee553a85a59a15f7864cdd4f0ba191ef1eb60a2', 'v1.test.FXFcN76zXlOT_nQfjmyixIq3wlNd5WI6E9gpWwk4n3qKcKrPRbQ_j61W6ceFkehT4bLPm2VL7P_YXqS0HtvKtoybchSOA9k', '{spark:people_read,spark-admin:organizations_read,identity:tokens_read,identity:tokens_write,spark-admin:roles_read,spark-admin:licenses_read}', 'ada@meridian.example', '{{direct-space}}', NULL, '2025-12-31 23:59:57.102+00', '2026-01-01 23:59:57.102+00', NULL, 0, NULL, NULL);
INSERT INTO public.connect_links VALUES ('dcd33529-07e8-42ee-a3e9-3b906c7d7658', 'e9ac276c-8244-4aa7-a001-d5e7d346d1dd', '0d495561e208703daf5b6fefb58821d4afdd9adc85e62b3dac584f5a60136a96', '4d23abe2f9ea1b555746c211d12b88267b690802e8ded213cd5f84590572a1d6', NULL, '{spark:people_read,spark-admin:organizations_read,identity:tokens_read,identity:tokens_write,spark-admin:roles_read,spark-admin:licenses_read}', 'ada@meridian.example', '{{direct-space}}', NULL, '2025-12-31 23:59:56.768+00', '2026-01-01 23:59:56.768+00', '2025-12-31 23:59:57.398+00', 1, 5, NULL);
INSERT INTO public.connections VALUES ('84332ab8-c4ac-4bc4-a278-00c4c705a56a', 'v1.test.9uVYfJh1FD00Q7E7pHz6x6xLWdTSf5l_DdfBB1x7M_VXBOnRNXfZnbiM671scCo1_ubIohvniQS9MpCCEChCBYu2HyrCt9c', 'v1.test.hnqSG9-puQh_bOoaLzwl7Nm9TM14oesZkEEFxDsr6VHUeZhOUtU3Y76NEzpLOAvXwr16ew0Y50EMOgX7uwDKJtwP61xMYX2L', '2026-01-12 19:11:50.665+00', '2026-01-18 19:11:50.665+00', '2025-12-29 19:11:50.665+00', '{}', 'carol@acme.example', 'carol@acme.example', false, '2025-12-29 19:11:50.665+00', 'connected', NULL, 0, '2053-05-16 19:11:50.665+00', NULL, 30, '2026-01-17 19:11:50.665+00', 'ada@meridian.example', '2025-12-30 21:35:51.683+00', NULL, NULL, NULL, NULL, '2053-05-16 19:11:50.665+00', NULL, '[]', '{}', NULL, NULL);
INSERT INTO public.connections VALUES ('90275a2a-d615-4b2a-973d-6b19c60303fe', 'v1.test.1GrfLgn2WymJQZsMEn-ySq3zUEptTr0S7JmiWb3zVmuz7Opf8aLlkuezoMT2MHDCMe_ZEXzajCi104hVurw0OeMLZQY9DBrW58Z-K-8L7_j_ar_yonGBENPX0Wawy7vXEKHPAUExTdynLLZLzwlNbiiiBIVDJf-YgddDQ6aBPrSx7wKtAinGzPHznamBXRYlN4Y-tiqV', 'v1.test.9nKEg1wrptzs-cWdP5yD2ZZ85mIZ6fwUviTRPbuI7g-50cCIGk3SCXgNi_NuvtYbKNGDBOFa2c5nEOdX5Fgc6_O5eyvOZ_d_cZc3_bQf6y7-2eIpFbOK0vLzi9y4C3YY6Z0UAm9WfRzy6fcdGmxi3KzdGwwx1aBL_bVuGqx3PX8pYv_g0TH6oy6_C0b-WWutcKNiX8--', '2026-01-12 19:11:48.383+00', '2026-03-29 19:11:48.383+00', '2025-12-29 19:11:49.383+00', '{spark:people_read,spark-admin:organizations_read,identity:tokens_read,identity:tokens_write}', 'Y2lzY29zcGFyazovL3VzL1BFT1BMRS84NDc4YTE5YS05OTc4LTRiYTctYTBlNy1iMTEwMzE4ODUyZDI', 'admin@customer-6.example', false, '2025-12-29 19:11:49.803+00', 'failing', 'server_error', 1, '2026-01-01 00:00:30.106+00', NULL, NULL, '2026-03-09 19:11:48.383+00', NULL, NULL, NULL, '2026-03-26 19:11:48.383+00', '2026-01-09 19:11:48.383+00', NULL, '2026-01-01 22:54:43.015+00', '2025-12-31 23:59:52.452+00', '[]', '{}', NULL, NULL);
INSERT INTO public.connections VALUES ('8d4187f3-9881-4104-b437-3744d3f10cdc', 'v1.test.bxW5C7djSB_K2c-MwAi46qVVbBZh_CvWYXDP94eifxYSE10upqc23nuzcETfg5DtxX_W2chBtVTzR6vTLY8KdxxmdU4BW_iI4yKYzQrrvdGelEIak4hYv7Z9E9kfnYxGJ7ygB5Y9XdUb8VhtdItwjihHDTo134v8l6bFhz_MKoeu4NdkgzJ2g8a92sEuMHY2Rp1OZuqF', 'v1.test.TdLxCgENeE7NBi8GDWE5Pu6-SYpIOxcnqPoa-SrBSiH9VeAdyeZ45bMiqAscF2ebtOJJdp7XD2qk9NP6adwHV5OG1JjtzlzUuCj6cIT4onv4CLf9Luc7Ip2QTlrQPtE4kHI1TJcS-4H4O1ripXuCGsaCKsCFYQfxkWmaO-KTSlLl5FPz-r3__dKq5uMtpeokTjQHoofz', '2026-01-12 19:11:46.410+00', '2026-03-29 19:11:46.410+00', '2025-12-29 19:11:47.410+00', '{spark:people_read,spark-admin:organizations_read,identity:tokens_read,identity:tokens_write}', 'Y2lzY29zcGFyazovL3VzL1BFT1BMRS80M2RhNjY5Mi03NjU3LTQxMDUtYTIwMS1iYzQzYjdmZjI4YmY', 'admin@customer-7.example', false, '2025-12-29 19:11:47.855+00', 'lost', 'invalid_grant', 1, '2026-01-05 05:20:00.098+00', NULL, NULL, '2026-01-28 19:11:46.410+00', NULL, NULL, NULL, '2026-03-26 19:11:46.410+00', NULL, '2025-12-31 23:59:59.074+00', '2026-01-01 23:58:29.700+00', '2025-12-31 23:59:52.371+00', '[]', '{}', '2025-12-31 23:59:58.349+00', NULL);
INSERT INTO public.connections VALUES ('9cbecfaa-6906-4b3a-9057-5a8c1d5d9268', 'v1.test.mLLLWqB-RstQe_9--yT6tcwM_OYAzxs4wg_h1o1PlY5k0-5XD7OkxXTOIYQXQh3leks8h-Wo_6HLFFCg1rS6x_Nhr-imlr8', 'v1.test.rpXw_1g3gqh9VRYmo_3ZrcOA8mFwAjvVRCcQ_Q9rv7x-hGPdgxernuqTvFBEDUWrJst05QuiRHNvGMwvIV_k-fuKaw4DP_KB', '2026-01-14 23:59:52.803+00', '2026-03-31 23:59:52.803+00', '2025-12-31 23:59:52.803+00', '{}', 'carol@acme.example', 'carol@acme.example', false, '2025-12-31 23:59:52.803+00', 'connected', NULL, 0, '2053-05-18 23:59:52.803+00', NULL, NULL, '2026-01-30 23:59:52.803+00', NULL, NULL, NULL, '2026-03-28 23:59:52.803+00', NULL, NULL, '2053-05-18 23:59:52.803+00', NULL, '[]', '{}', NULL, NULL);
INSERT INTO public.connections VALUES ('522966d7-2c8b-4a2b-bfe7-706c57f24f31', 'v1.test.F_cQboDZ4uAyOkAUcgGRCFKqTgMFVIhJ_W7n7HJT4BQmQs83hKV4Xe1tg5WrYiJ34jnVmoOEmRPHfCpifIlwwhl4gJLj0k6XN--Fr7fEyvXNDUs0G8l9hbd_aP5KDulPhnNSV8vApk6IioAY9HayjtM_z6TO9DWO9fuGIrTpuPu7dloIEGvVLm75X1w7Aclg4WbQbu5L', 'v1.test.xC2pmDKxIPPKxlZCGEMdCajtLG0VA2kr7aO1qbjeaLLM_hPjfry_uRjzbiDSYARM4XiDuOjoETmrdvrYyHhpYDkkqjNxoY1X2SyBpdHefQ9x0FogHaFjTqauDO1AKNe07f3HfSzzSvYD8mglGB9GkV_MPWeq2zH_7YUEt3GXQshj5lSC4_JuUNz-xmUM-jJreqIDjf9y', '2026-01-12 19:11:45.432+00', '2026-03-29 19:11:43.432+00', '2025-12-29 19:11:46.432+00', '{spark:people_read,spark-admin:organizations_read,identity:tokens_read,identity:tokens_write,spark-admin:roles_read,spark-admin:licenses_read}', 'Y2lzY29zcGFyazovL3VzL1BFT1BMRS8xMjIyYzFkOC1mNDQwLTRjZDMtYWNiMy1kZDFkMWRjYjc4MzE', 'admin@customer-5.example', false, '2025-12-29 19:11:45.211+00', 'connected', NULL, 0, '2026-01-05 10:58:04.019+00', NULL, NULL, '2026-03-09 19:11:43.432+00', NULL, NULL, NULL, '2026-03-26 19:11:43.199+00', NULL, NULL, '2026-01-02 01:37:19.763+00', '2025-12-31 23:59:52.409+00', '[]', '{}', NULL, NULL);
INSERT INTO public.connections VALUES ('79f5a333-0dad-449a-97e0-34afad65b14c', 'v1.test.peIpwY5nX_1Bm0YNUMm9TMGtTP_8WvTojqOEWz3in30z6MSB2l1d8SOR7axynE8Pz35t19BC_2gAs6HJS7wrnwitjuF_SJQ', 'v1.test.c0jtFymPEV3doCzDDcQchh72jr0KZuZ_INkAGwnpGz6N2LWDiKrOrzAP4kt9nQjjvMhGqKusewdqIyf-MJRmKJZgH6ce9BeS', '2026-01-13 21:35:51.795+00', '2026-01-19 21:35:51.795+00', '2025-12-30 21:35:51.795+00', '{}', 'carol@acme.example', 'carol@acme.example', false, '2025-12-30 21:35:51.795+00', 'connected', NULL, 0, '2053-05-17 21:35:51.795+00', NULL, NULL, '2026-01-07 23:59:52.672+00', NULL, NULL, '2026-01-07 23:59:52.672+00', '2026-01-16 21:35:51.795+00', NULL, NULL, '2053-05-17 21:35:51.795+00', NULL, '[]', '{}', NULL, NULL);
INSERT INTO public.connections VALUES ('03f7784a-aeb4-4448-acab-41074d6d2630', 'v1.test.GwO-a3GbSAYbuXkDfkvgY_38UChJoavdFn42be5Ddyed2SstJk2Ch1K4QUTWWJJVyTKu_LDEPJkpEm_J0KPEozlmaqUkUxA', 'v1.test.bmOpNk-B6PwtTBxl2LRiXt9-_JOnjmayOp9obUiZVn5vGMwX6NJLb4rDJyHGGe-BeYecuyaDSCrgdi-bRDK8QtmV0N_XPVHQ', '2026-01-14 23:59:52.803+00', '2026-01-31 23:59:52.803+00', '2025-12-31 23:59:52.803+00', '{}', 'x@y.example', 'x@y.example', false, '2025-12-31 23:59:52.803+00', 'connected', NULL, 0, '2053-05-18 23:59:52.803+00', NULL, 60, '2026-01-24 23:59:52.803+00', NULL, NULL, NULL, '2026-01-28 23:59:52.803+00', NULL, NULL, '2053-05-18 23:59:52.803+00', NULL, '[]', '{}', NULL, NULL);
INSERT INTO public.inbox_events VALUES ('memberships/created/Y2lzY29zcGFyazovL3VzL01FTUJFUlNISVAvM2ZjMmZmYjItOTU4YS00MjU5LWEyNzItNDU2ZTJjYjQ1NmFh/2025-12-29T19:11:36.110Z', 'memberships', 'created', 'Y2lzY29zcGFyazovL3VzL01FTUJFUlNISVAvM2ZjMmZmYjItOTU4YS00MjU5LWEyNzItNDU2ZTJjYjQ1NmFh', '{{bot}}', '{{bot}}', '{{direct-space}}', '2025-12-29 19:11:42.260+00', '2025-12-29 19:12:42.260+00', 1, '2025-12-29 19:11:42.500+00', 'greeted');
INSERT INTO public.inbox_events VALUES ('messages/created/Y2lzY29zcGFyazovL3VzL01FU1NBR0UvM2Q4ZWYwYmEtNzEwMS00OTYwLWE0YjQtZTZlYTAxNDlmZTdm', 'messages', 'created', 'Y2lzY29zcGFyazovL3VzL01FU1NBR0UvM2Q4ZWYwYmEtNzEwMS00OTYwLWE0YjQtZTZlYTAxNDlmZTdm', '{{bot}}', '{{bot}}', '{{direct-space}}', '2025-12-29 19:11:46.111+00', '2025-12-29 19:12:46.111+00', 1, '2025-12-29 19:11:46.111+00', 'own message');
INSERT INTO public.inbox_events VALUES ('messages/created/Y2lzY29zcGFyazovL3VzL01FU1NBR0UvN2ZjOGI1NWEtZTkyMS00NDc1LTg5ZTYtMmNhMjU2MDU1ODJm', 'messages', 'created', 'Y2lzY29zcGFyazovL3VzL01FU1NBR0UvN2ZjOGI1NWEtZTkyMS00NDc1LTg5ZTYtMmNhMjU2MDU1ODJm', '{{person:ada@meridian.example}}', '{{person:ada@meridian.example}}', '{{direct-space}}', '2025-12-29 19:11:48.567+00', '2025-12-29 19:12:48.567+00', 1, '2025-12-29 19:11:48.683+00', 'answered');
INSERT INTO public.inbox_events VALUES ('attachmentActions/created/Y2lzY29zcGFyazovL3VzL0FUVEFDSE1FTlRfQUNUSU9OL2JlMWM5ZWJhLTM3MDgtNDIzNS1hYWYxLTIxZDcyYjhjOWU2OQ', 'attachmentActions', 'created', 'Y2lzY29zcGFyazovL3VzL0FUVEFDSE1FTlRfQUNUSU9OL2JlMWM5ZWJhLTM3MDgtNDIzNS1hYWYxLTIxZDcyYjhjOWU2OQ', '{{person:ada@meridian.example}}', '{{person:ada@meridian.example}}', '{{direct-space}}', '2025-12-31 23:59:54.287+00', '2026-01-01 00:00:54.287+00', 1, '2025-12-31 23:59:54.812+00', 'answered');
INSERT INTO public.inbox_events VALUES ('messages/created/Y2lzY29zcGFyazovL3VzL01FU1NBR0UvMGNjNmVhNGUtMTcwNi00YmUxLThlZmMtNGRjYjlkY2QzYWIx', 'messages', 'created', 'Y2lzY29zcGFyazovL3VzL01FU1NBR0UvMGNjNmVhNGUtMTcwNi00YmUxLThlZmMtNGRjYjlkY2QzYWIx', '{{person:ada@meridian.example}}', '{{person:ada@meridian.example}}', '{{direct-space}}', '2025-12-31 23:59:59.012+00', '2026-01-01 00:00:59.012+00', 1, '2025-12-31 23:59:59.233+00', 'queued');
INSERT INTO public.inbox_events VALUES ('attachmentActions/created/Y2lzY29zcGFyazovL3VzL0FUVEFDSE1FTlRfQUNUSU9OL2E4ZDcxM2EyLTVlNjgtNGY5NC04ZmE4LTQ2OThhMmJiOWJjYQ', 'attachmentActions', 'created', 'Y2lzY29zcGFyazovL3VzL0FUVEFDSE1FTlRfQUNUSU9OL2E4ZDcxM2EyLTVlNjgtNGY5NC04ZmE4LTQ2OThhMmJiOWJjYQ', '{{person:ada@meridian.example}}', '{{person:ada@meridian.example}}', '{{direct-space}}', '2025-12-31 23:59:56.667+00', '2026-01-01 00:00:56.667+00', 1, '2025-12-31 23:59:56.746+00', 'queued');
INSERT INTO public.markers VALUES ('sealed with test', 'v1.test.dqDMu3dm3K3UuT1jIjg9D5L0tn1rr_a0D0JTluQQaRguI9MPDA', '2025-12-29 19:11:36.613+00');
INSERT INTO public.markers VALUES ('belongs to', '{"kind":"service","apiUrl":"{{webex}}","clientId":"{{client}}","botId":"{{bot}}"}', '2025-12-29 19:11:36.989+00');
INSERT INTO public.markers VALUES ('needed_scopes', '5a80925684adf83c83a01b42eb4c0c6e3e50fb6536889b532c55e525e9a74abd', '2025-12-29 19:11:37.707+00');
INSERT INTO public.notices VALUES ('db717a50-b964-4e25-aaa0-8609f74740ad', 'greeting:memberships/created/Y2lzY29zcGFyazovL3VzL01FTUJFUlNISVAvM2ZjMmZmYjItOTU4YS00MjU5LWEyNzItNDU2ZTJjYjQ1NmFh/2025-12-29T19:11:36.110Z', 'greeting', NULL, '{{direct-space}}', NULL, NULL, '{"kind": "greeting"}', '2025-12-29 19:11:42.386+00', 1, '2025-12-29 19:11:37.658+00', 'qPj1L6GJasZRow8J5o2GHuTT4jT_igZWFP0yDZ9Cyv8', '2025-12-29 19:11:42.743+00', 'Y2lzY29zcGFyazovL3VzL01FU1NBR0UvOTRkZDlmMDItMmZjYS00OTAxLWJjMDItMTcyNDE5ZWI2NWUz', NULL, NULL);
INSERT INTO public.notices VALUES ('a04e18dd-8ac2-44cb-8222-a9c667ff066d', 'organization-saved:attachmentActions/created/Y2lzY29zcGFyazovL3VzL0FUVEFDSE1FTlRfQUNUSU9OLzkyMGM2MDU4LTkxZDktNDlhZS1iN2M4LTExMDVjZDE1Y2I5MA', 'organization_saved', '522966d7-2c8b-4a2b-bfe7-706c57f24f31', '{{direct-space}}', NULL, 'Y2lzY29zcGFyazovL3VzL01FU1NBR0UvZTA4MTIxM2QtNWFiZi00MzRiLWEwNDItNDE3YTdmNzk3MzNm', '{"kind": "organization_saved", "askedBy": "ada@meridian.example", "organizationId": "522966d7-2c8b-4a2b-bfe7-706c57f24f31"}', '2025-12-29 19:11:42.555+00', 1, '2025-12-29 19:11:37.880+00', 'Du68AmDSEopqXMiygWruxFoIz4ydzjasuh9Dpg5dkJU', '2025-12-29 19:11:42.920+00', 'Y2lzY29zcGFyazovL3VzL01FU1NBR0UvZTE4MTQ0NmEtYjE0My00NTJiLTkxYjctNjg3NTFmNzY5ZDcz', NULL, NULL);
INSERT INTO public.notices VALUES ('eea3ffbb-be49-4d7f-91cd-0db04a17ac30', 'connect-forward:6d4a8386-7199-47b9-958b-e94d4e16b667', 'connect_forward', NULL, '{{direct-space}}', NULL, NULL, '{"kind": "connect_forward", "askedBy": "ada@meridian.example", "organizationId": "90275a2a-d615-4b2a-973d-6b19c60303fe"}', '2025-12-29 19:11:48.942+00', 1, '2025-12-29 19:11:43.981+00', 'pJUoChhZD99RQ9wqSgqW9RXX_21piZ6C85-oussQ_oA', '2025-12-29 19:11:49.005+00', 'Y2lzY29zcGFyazovL3VzL01FU1NBR0UvYTU0ZmU1YjctMjA3Ny00ZGNmLTlhOWYtZjJkMGJhZjg2Yjk4', NULL, NULL);
INSERT INTO public.notices VALUES ('b4423da0-a82e-4ded-ae3c-b873a2148270', 'transaction-result:4', 'transaction_result', '90275a2a-d615-4b2a-973d-6b19c60303fe', '{{direct-space}}', NULL, NULL, '{"kind": "transaction_result", "transactionId": 4}', '2025-12-29 19:11:50.264+00', 1, '2025-12-29 19:11:45.513+00', 'C-CKfRZFfmtER5FZuh6ype5UST0DY0kMjdaLax2FHp8', '2025-12-29 19:11:50.571+00', 'Y2lzY29zcGFyazovL3VzL01FU1NBR0UvMTAwMDBlZjUtYmMxNS00YjFmLWEyOTItNTgxNThlZjYwZmJk', NULL, NULL);
INSERT INTO public.notices VALUES ('97dcf21a-cc22-4710-ac18-789d6967621b', 'connect-refused:048a064e-c33e-4f97-b788-fc6bc504931d:access_denied', 'connect_refused', '5bf18216-01a8-49f7-a7f2-3fec53faf219', '{{direct-space}}', NULL, NULL, '{"kind": "connect_refused", "error": "access_denied", "linkId": "048a064e-c33e-4f97-b788-fc6bc504931d", "organizationId": "5bf18216-01a8-49f7-a7f2-3fec53faf219"}', '2025-12-31 23:59:56.282+00', 1, '2025-12-31 23:59:51.479+00', 'iOQVpnUfca42xMZsHn91KbrjuXNHNZpFR8stYk7D53I', '2025-12-31 23:59:56.600+00', 'Y2lzY29zcGFyazovL3VzL01FU1NBR0UvZjViZGRhMGQtOWFmYS00YWQxLTkwYTEtYTI2ODVkNDg0ZmMx', NULL, NULL);
INSERT INTO public.notices VALUES ('cd6431fd-ef71-48a6-a42d-0bac4e316e91', 'transaction-progress:5', 'transaction_progress', 'e9ac276c-8244-4aa7-a001-d5e7d346d1dd', '{{direct-space}}', NULL, NULL, '{"kind": "transaction_progress", "transactionId": 5}', '2025-12-31 23:59:57.398+00', 1, '2025-12-31 23:59:52.604+00', 'n_YIu-J94oV1cpvML47IlInADgeI41EzTsDi7by8jVk', '2025-12-31 23:59:57.696+00', 'Y2lzY29zcGFyazovL3VzL01FU1NBR0UvOWYwNzU4Y2MtMmFjNC00Njg3LTljOGYtZGQ4ODllMDY4OGM1', NULL, NULL);
INSERT INTO public.notices VALUES ('b9bc77e1-16d2-40db-bea5-c2c188fd88ac', 'connections_lost:c2ab2fe1-85ac-41fd-8538-56a1b8b9d57a', 'connections_lost', NULL, '{{group-space}}', NULL, NULL, '{"kind": "connections_lost", "total": 1, "organizationIds": ["8d4187f3-9881-4104-b437-3744d3f10cdc"]}', '2025-12-31 23:59:59.070+00', 1, '2025-12-31 23:59:54.263+00', 'fGMVH8pNTaeP-sc9IaYgJkZvjCis6s_LqxfjTf9yX5o', NULL, NULL, NULL, NULL);
INSERT INTO public.notices VALUES ('994de973-6c98-4c5e-955a-64112b84473c', 'deadlines:{{group-space}}:2026-12-01', 'deadlines', NULL, '{{group-space}}', NULL, NULL, '{"kind": "deadlines", "bands": [{"days": 60, "count": 1}], "total": 1, "reminders": 0, "organizationIds": ["03f7784a-aeb4-4448-acab-41074d6d2630"]}', '2025-12-31 23:59:59.187+00', 1, '2025-12-31 23:59:54.508+00', 'hrs0z5SB36hKxDHWG9R1Ftgo1sbxdlk1A2rgjOH5LPg', NULL, NULL, NULL, NULL);
INSERT INTO public.notices VALUES ('41ff8c47-1962-4fce-b5c8-31fec036fb21', 'reply:messages/created/Y2lzY29zcGFyazovL3VzL01FU1NBR0UvMGNjNmVhNGUtMTcwNi00YmUxLThlZmMtNGRjYjlkY2QzYWIx', 'reply', NULL, '{{direct-space}}', NULL, NULL, '{"kind": "reply", "reply": {"card": {"body": [{"size": "medium", "text": "1 organization lost or expired", "type": "TextBlock", "wrap": true, "color": "default", "weight": "bolder"}, {"type": "ColumnSet", "columns": [{"type": "Column", "items": [{"text": "1", "type": "TextBlock", "isSubtle": true}], "width": "auto"}, {"type": "Column", "items": [{"text": "Customer 7", "type": "TextBlock", "wrap": true, "weight": "bolder"}, {"text": "❌ Lost: connect it again", "type": "TextBlock", "wrap": true, "color": "attention", "spacing": "none"}], "width": "stretch"}, {"type": "Column", "items": [{"type": "ActionSet", "actions": [{"data": {"action": "connect", "organization_id": "8d4187f3-9881-4104-b437-3744d3f10cdc"}, "type": "Action.Submit", "style": "default", "title": "Reconnect", "associatedInputs": "none"}]}], "width": "auto", "verticalContentAlignment": "center"}], "spacing": "small"}, {"type": "ActionSet", "actions": [{"data": {"action": "list"}, "type": "Action.Submit", "style": "default", "title": "All", "associatedInputs": "none"}, {"data": {"action": "list", "filter": "not connected"}, "type": "Action.Submit", "style": "default", "title": "Not connected", "associatedInputs": "none"}, {"data": {"action": "add"}, "type": "Action.Submit", "style": "default", "title": "Add", "associatedInputs": "none"}]}], "type": "AdaptiveCard", "version": "1.3"}, "markdown": "**1 organization lost or expired**\n\n1. **Customer 7** – ❌ Lost: connect it again\n\nType **show** or **connect** with a number, for example **show 1**."}, "askedBy": "ada@meridian.example"}', '2025-12-31 23:59:59.183+00', 0, '2025-12-31 23:59:58.969+00', 'mG9gLi90dE56RqYompVI4Ke7i0cX_aGyUwS5JlW2Xt8', NULL, NULL, NULL, NULL);
INSERT INTO public.organizations VALUES ('1cb8815a-4cb7-4825-8773-0a44f8860ef1', 'O''Brien & Söhne “Zürich” <GmbH>', true, true, 'us1', 'a0372fca-fe57-474e-b8ee-d21ced6af089', 'Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi9hMDM3MmZjYS1mZTU3LTQ3NGUtYjhlZS1kMjFjZWQ2YWYwODk', 'admin@strange.example', 'NATIVE_SIP_CALL_TO_UCM', 'strange.example', true, 'Ask O''Brien & Söhne “Zürich” <GmbH> first.
Then call.', 'v1.test.6yywqXW7Ir5CmecsgVQoJfpJ-hhn4jaDpowsPdj699L8gFs-xTrLMrcFz7CGBmUg5v3h4ZjU_U5_qjI9gVxtTaaEhYTJ6B9VFor2_78bsN6JREAJ8ouZCI_iiXfXSwk', 'v1.test.f2neVepPvrv-qyjCy1asPtjVJBClpu6r1PwCrrKrk3THnx8MFz4FNQ8WYtYj8th2PvL7kdy8naGt2wGHbq76mcVGp007jcPh5G-y6xECc-uNlt24JsuzG_NVepiaaXSS', true, '{{direct-space}}', 'ada@meridian.example', '2025-12-29 19:11:38.094+00', '2025-12-29 19:11:38.094+00', 'o''brien & sohne "zurich" <gmbh>');
INSERT INTO public.organizations VALUES ('40fee05c-922a-4a2e-9a8f-4dde5595e9e7', '100% \ _underscore_ *star* `tick`', false, false, NULL, 'e4d598b1-c15f-48f9-90c9-2112da25195f', 'Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi9lNGQ1OThiMS1jMTVmLTQ4ZjktOTBjOS0yMTEyZGEyNTE5NWY', NULL, NULL, NULL, false, NULL, NULL, NULL, false, '{{group-space}}', 'ada@meridian.example', '2025-12-29 19:11:38.094+00', '2025-12-29 19:11:38.094+00', '100% \ _underscore_ *star* ''tick''');
INSERT INTO public.organizations VALUES ('b9347cda-951f-481c-86b3-8d33664137d9', '株式会社ハブ 🛰️', true, true, 'us1', '8150059c-6640-4fb2-b113-c7ad68204238', 'Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi84MTUwMDU5Yy02NjQwLTRmYjItYjExMy1jN2FkNjgyMDQyMzg', 'admin@strange.example', 'NATIVE_SIP_CALL_TO_UCM', 'strange.example', true, 'Ask 株式会社ハブ 🛰️ first.
Then call.', 'v1.test.Jn68Cv0rHopwXz6CXaLWtPuDiSl9KlmijHq7EFrndajlCc2SZK86DWE58F8dKshqncTPUdBDKDeQEqJHYZ8Z4kRk6p0NHtATfIuppphaDqjzjiYaE2iaI_bG86-UNOU', 'v1.test.pSc5bpT7L8zKQNwXAOfD3cZsJJXoIKSZz5VSpG7GVy6TxHMPFDpeEFAOsROgbEw9Etm4cGaxLEThrKFZaAwvdZTLwdQ5qSH6JD5hDgoCnJjybiLgiqI1dvf9FErVj25Q', true, '{{direct-space}}', 'ada@meridian.example', '2025-12-29 19:11:38.094+00', '2025-12-29 19:11:38.094+00', '株式会社ハブ 🛰');
INSERT INTO public.organizations VALUES ('87d20ad1-17a5-4ccc-b8c2-db774751421e', 'שלום עולם — עברית', false, false, NULL, '60469b53-4663-472e-9935-da6c83f5fdca', 'Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi82MDQ2OWI1My00NjYzLTQ3MmUtOTkzNS1kYTZjODNmNWZkY2E', NULL, NULL, NULL, false, NULL, NULL, NULL, false, '{{group-space}}', 'ada@meridian.example', '2025-12-29 19:11:38.094+00', '2025-12-29 19:11:38.094+00', 'שלום עולם - עברית');
INSERT INTO public.organizations VALUES ('95ff2907-a851-4e63-a83d-8cf74f694183', '7', true, true, 'us1', 'a55438bf-2b8f-48e7-8929-c01557a248c6', 'Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi9hNTU0MzhiZi0yYjhmLTQ4ZTctODkyOS1jMDE1NTdhMjQ4YzY', 'admin@strange.example', 'NATIVE_SIP_CALL_TO_UCM', 'strange.example', true, 'Ask 7 first.
Then call.', 'v1.test.NW03pDpY6G6Cgb7542IKA08yXIdCXHrV-unPkIlm-qe43q1BStIsT5S7YG9FOFlv6pAssgz1C9QDZ556pGhjzqGOIA9Ld_ZkIaIpQizqApYrRVzW3Vtyeqhj0ecYoz0', 'v1.test.EADjnafNZR9iHUzFS4uYqbDlZnlDpzlkyjOpS9vsSozQCS26SSZ6g9fSHIcVb6xGyBE7PkpsfKz8uZXQ_vBYLPrR2m6ByNiN2o_U3pwr7SIvmXSffTsJ9K7RI41xnn9j', true, '{{direct-space}}', 'ada@meridian.example', '2025-12-29 19:11:38.094+00', '2025-12-29 19:11:38.094+00', '7');
INSERT INTO public.organizations VALUES ('2dda392f-6350-4e59-8ca4-db941135d4a5', 'list lost', false, false, NULL, '9f62a249-a26d-44b6-8d9b-3099e56b7eda', 'Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi85ZjYyYTI0OS1hMjZkLTQ0YjYtOGQ5Yi0zMDk5ZTU2YjdlZGE', NULL, NULL, NULL, false, NULL, NULL, NULL, false, '{{group-space}}', 'ada@meridian.example', '2025-12-29 19:11:38.094+00', '2025-12-29 19:11:38.094+00', 'list lost');
INSERT INTO public.organizations VALUES ('cc0433b9-fda9-49b5-89c6-314ca64414c9', 'A very long name of a company that never ends of a company that never ends of a company that never ends of a company that never ends of a company that never ends of a company that never ends', true, true, 'us1', 'cd395c88-cee4-41b5-b870-bfeacddebca8', 'Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi9jZDM5NWM4OC1jZWU0LTQxYjUtYjg3MC1iZmVhY2RkZWJjYTg', 'admin@strange.example', 'NATIVE_SIP_CALL_TO_UCM', 'strange.example', true, 'Ask A very long name of a company that never ends of a company that never ends of a company that never ends of a company that never ends of a company that never ends of a company that never ends first.
Then call.', 'v1.test.gk27yKj32bTMMoOwzdJDki5iZdWMGbHDa1Sj-eLQZL8oqa7hcGm0eXsN6gBHxl2jtsLG9jOcIICjgeYeRzWmMv2McDXWMvlnW_gNRrIy-Z6HauBHve-coVrplx4Q_c0', 'v1.test.QwpTeLb0B0w4kUfS5nH4BPXs31P9QdmmlxJchJVRDUQzgjgQPX4DLqQQj3IuNvHuAlspZf9p358mRAuvJTFJgAcGwueSR2c0DTGCnjO4fW1ymbyG2p7RKUHn0YmAoJmH', true, '{{direct-space}}', 'ada@meridian.example', '2025-12-29 19:11:38.094+00', '2025-12-29 19:11:38.094+00', 'a very long name of a company that never ends of a company that never ends of a company that never ends of a company that never ends of a company that never ends of a company that never ends');
INSERT INTO public.organizations VALUES ('522966d7-2c8b-4a2b-bfe7-706c57f24f31', 'Customer 5', false, false, NULL, '3d373785-2d23-4da3-9ec1-19bbc5a343c3', 'Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi8zZDM3Mzc4NS0yZDIzLTRkYTMtOWVjMS0xOWJiYzVhMzQzYzM', NULL, NULL, NULL, false, NULL, NULL, NULL, true, '{{direct-space}}', 'ada@meridian.example', '2025-12-29 19:11:42.555+00', '2025-12-29 19:11:42.555+00', 'customer 5');
INSERT INTO public.organizations VALUES ('8d4187f3-9881-4104-b437-3744d3f10cdc', 'Customer 7', false, false, NULL, '3c5e5c89-b92a-4f26-929c-897ffb40aef9', 'Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi8zYzVlNWM4OS1iOTJhLTRmMjYtOTI5Yy04OTdmZmI0MGFlZjk', NULL, NULL, NULL, false, NULL, NULL, NULL, false, '{{group-space}}', 'ada@meridian.example', '2025-12-29 19:11:46.893+00', '2025-12-29 19:11:46.893+00', 'customer 7');
INSERT INTO public.organizations VALUES ('90275a2a-d615-4b2a-973d-6b19c60303fe', 'Customer 6', false, false, NULL, '0d977e2a-5af9-4361-8d44-262aa3bfa0c9', 'Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi8wZDk3N2UyYS01YWY5LTQzNjEtOGQ0NC0yNjJhYTNiZmEwYzk', NULL, NULL, NULL, false, NULL, NULL, NULL, false, '{{direct-space}}', 'ada@meridian.example', '2025-12-29 19:11:48.825+00', '2025-12-29 19:11:48.825+00', 'customer 6');
INSERT INTO public.organizations VALUES ('84332ab8-c4ac-4bc4-a278-00c4c705a56a', 'Acknowledged Ltd', false, false, NULL, 'e6981802-01da-4132-9b72-cfb17645b247', 'Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi9lNjk4MTgwMi0wMWRhLTQxMzItOWI3Mi1jZmIxNzY0NWIyNDc', NULL, NULL, NULL, false, NULL, NULL, NULL, false, '{{direct-space}}', 'ada@meridian.example', '2025-12-29 19:11:50.665+00', '2025-12-29 19:11:50.665+00', 'acknowledged ltd');
INSERT INTO public.organizations VALUES ('79f5a333-0dad-449a-97e0-34afad65b14c', 'Snoozed Ltd', false, false, NULL, '663203d5-f8d7-4ce4-8bbc-0cfa0de7e8fb', 'Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi82NjMyMDNkNS1mOGQ3LTRjZTQtOGJiYy0wY2ZhMGRlN2U4ZmI', NULL, NULL, NULL, false, NULL, NULL, NULL, false, '{{direct-space}}', 'ada@meridian.example', '2025-12-30 21:35:51.795+00', '2025-12-30 21:35:51.795+00', 'snoozed ltd');
INSERT INTO public.organizations VALUES ('9cbecfaa-6906-4b3a-9057-5a8c1d5d9268', 'Healthy Ltd', false, false, NULL, 'b6c35936-a7ad-43fa-b532-570df5dbd6a7', 'Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi9iNmMzNTkzNi1hN2FkLTQzZmEtYjUzMi01NzBkZjVkYmQ2YTc', NULL, NULL, NULL, false, NULL, NULL, NULL, false, '{{group-space}}', 'ada@meridian.example', '2025-12-31 23:59:52.803+00', '2025-12-31 23:59:52.803+00', 'healthy ltd');
INSERT INTO public.organizations VALUES ('03f7784a-aeb4-4448-acab-41074d6d2630', 'Warned Soon Ltd', false, false, NULL, 'bb23eae0-2f89-4b92-aac9-530dd7445119', 'Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi9iYjIzZWFlMC0yZjg5LTRiOTItYWFjOS01MzBkZDc0NDUxMTk', NULL, NULL, NULL, false, NULL, NULL, NULL, false, '{{group-space}}', 'ada@meridian.example', '2025-12-31 23:59:52.803+00', '2025-12-31 23:59:52.803+00', 'warned soon ltd');
INSERT INTO public.organizations VALUES ('5bf18216-01a8-49f7-a7f2-3fec53faf219', 'Customer 9', false, false, NULL, '6f750117-8448-4d75-84a8-2edb23d7a561', 'Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi82Zjc1MDExNy04NDQ4LTRkNzUtODRhOC0yZWRiMjNkN2E1NjE', NULL, NULL, NULL, false, NULL, NULL, NULL, true, '{{direct-space}}', 'ada@meridian.example', '2025-12-31 23:59:55.511+00', '2025-12-31 23:59:55.511+00', 'customer 9');
INSERT INTO public.organizations VALUES ('e9ac276c-8244-4aa7-a001-d5e7d346d1dd', 'Customer 8', false, false, NULL, '545a8ec4-8ca5-4022-8c0d-ffb4c0c992ba', 'Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi81NDVhOGVjNC04Y2E1LTQwMjItOGMwZC1mZmI0YzBjOTkyYmE', NULL, NULL, NULL, false, NULL, NULL, NULL, true, '{{direct-space}}', 'ada@meridian.example', '2025-12-31 23:59:56.733+00', '2025-12-31 23:59:56.733+00', 'customer 8');
INSERT INTO public.people VALUES ('{{person:ada@meridian.example}}', 'ada@meridian.example', 'Ada Lindqvist', '2025-12-31 23:59:52.636+00', '{{organization:meridian}}', 'person', NULL);
INSERT INTO public.refreshes OVERRIDING SYSTEM VALUE VALUES (1, '522966d7-2c8b-4a2b-bfe7-706c57f24f31', '2025-12-29 19:11:46.499+00', 'asked', 'not_renewed', '2026-03-29 19:11:43.199+00', '2026-03-29 19:11:43.432+00', '2026-01-12 19:11:45.432+00', '9bee38917dc4', '58db763c2861', NULL, NULL, 2);
INSERT INTO public.refreshes OVERRIDING SYSTEM VALUE VALUES (2, '8d4187f3-9881-4104-b437-3744d3f10cdc', '2025-12-31 23:59:58.349+00', 'asked', 'refused', '2026-03-29 19:11:46.410+00', '2026-03-29 19:11:46.410+00', '2026-01-12 19:11:46.410+00', '391a88f56c93', 'd3ad825cd93c', 'invalid_grant', 'ROUTERGW_1be7b961-28df-4a68-8201-fe7a71f0aec3', 6);
INSERT INTO public.refreshes OVERRIDING SYSTEM VALUE VALUES (3, '90275a2a-d615-4b2a-973d-6b19c60303fe', '2025-12-31 23:59:58.754+00', 'asked', 'unavailable', '2026-03-29 19:11:48.383+00', '2026-03-29 19:11:48.383+00', '2026-01-12 19:11:48.383+00', '7de701957cce', 'eba057985a67', 'server_error', 'ROUTERGW_a14325ae-597e-4452-9dca-27c3bd7f3a12', 7);
INSERT INTO public.roles VALUES ('522966d7-2c8b-4a2b-bfe7-706c57f24f31', 'Y2lzY29zcGFyazovL3VzL1JPTEUvaWRfZnVsbF9hZG1pbg', 'Full Administrator');
INSERT INTO public.roles VALUES ('522966d7-2c8b-4a2b-bfe7-706c57f24f31', 'Y2lzY29zcGFyazovL3VzL1JPTEUvaWRfcmVhZG9ubHlfYWRtaW4', 'Read-only Administrator');
INSERT INTO public.roles VALUES ('522966d7-2c8b-4a2b-bfe7-706c57f24f31', 'Y2lzY29zcGFyazovL3VzL1JPTEUvaWRfdXNlcl9hZG1pbg', 'User Administrator');
INSERT INTO public.roles VALUES ('522966d7-2c8b-4a2b-bfe7-706c57f24f31', 'Y2lzY29zcGFyazovL3VzL1JPTEUvaWRfZGV2aWNlX2FkbWlu', 'Device Administrator');
INSERT INTO public.roles VALUES ('522966d7-2c8b-4a2b-bfe7-706c57f24f31', 'Y2lzY29zcGFyazovL3VzL1JPTEUvaWRfc3VwcG9ydF9hZG1pbg', 'Support Administrator');
INSERT INTO public.roles VALUES ('522966d7-2c8b-4a2b-bfe7-706c57f24f31', 'Y2lzY29zcGFyazovL3VzL1JPTEUvaWRfbG9jYXRpb25fYWRtaW4', 'Location Administrator');
INSERT INTO public.roles VALUES ('522966d7-2c8b-4a2b-bfe7-706c57f24f31', 'Y2lzY29zcGFyazovL3VzL1JPTEUvYXRsYXMtcG9ydGFsLmNvbXBsaWFuY2Uub2ZmaWNlcg', 'Compliance Officer');
INSERT INTO public.settings VALUES ('provider', '', '{"time_zone": "Europe/Zurich", "warning_days": [60, 7]}', 'ada@meridian.example', '2025-12-31 23:59:53.775+00');
INSERT INTO public.settings VALUES ('space', '{{direct-space}}', '{"warning_days": [20]}', 'ada@meridian.example', '2025-12-31 23:59:54.420+00');
INSERT INTO public.spaces VALUES ('{{direct-space}}', 'direct', NULL, '2025-12-29 19:11:42.359+00', NULL, '{"firstNumber": 1, "organizationIds": ["8d4187f3-9881-4104-b437-3744d3f10cdc"]}', NULL, NULL, false, NULL, 1, NULL, NULL);
INSERT INTO public.spaces VALUES ('{{group-space}}', 'group', 'Webex operations', '2025-12-29 19:11:41.774+00', NULL, NULL, NULL, NULL, false, '2025-12-31 23:59:59.186+00', 1, NULL, NULL);
INSERT INTO public.syncs VALUES ('522966d7-2c8b-4a2b-bfe7-706c57f24f31', 'roles', 7, '2025-12-29 19:11:45.538+00');
INSERT INTO public.syncs VALUES ('522966d7-2c8b-4a2b-bfe7-706c57f24f31', 'licenses', 0, '2025-12-29 19:11:45.882+00');
INSERT INTO public.transaction_log OVERRIDING SYSTEM VALUE VALUES (1, 7, '2025-12-31 23:59:58.754+00', 'Ask Webex for new tokens and store them, try 1: Webex does not answer (an error at Webex, tracking id ROUTERGW_a14325ae-597e-4452-9dca-27c3bd7f3a12). Next try in 31 seconds.');
INSERT INTO public.transaction_steps VALUES (1, 0, 'exchange_code', 1, 'done', 'Webex gave an access token and a refresh token.', '2025-12-29 19:11:43.815+00', '2025-12-29 19:11:44.219+00');
INSERT INTO public.transaction_steps VALUES (1, 1, 'verify_organization', 1, 'done', 'admin@customer-5.example administers this organization.', '2025-12-29 19:11:44.439+00', '2025-12-29 19:11:44.860+00');
INSERT INTO public.transaction_steps VALUES (1, 2, 'store_tokens', 1, 'done', 'The tokens are stored, encrypted.', '2025-12-29 19:11:45.075+00', '2025-12-29 19:11:45.137+00');
INSERT INTO public.transaction_steps VALUES (1, 3, 'sync_roles', 1, 'done', '7 roles', '2025-12-29 19:11:45.350+00', '2025-12-29 19:11:45.483+00');
INSERT INTO public.transaction_steps VALUES (1, 4, 'sync_licenses', 1, 'done', '0 licenses', '2025-12-29 19:11:45.627+00', '2025-12-29 19:11:45.812+00');
INSERT INTO public.transaction_steps VALUES (2, 0, 'refresh_tokens', 1, 'done', 'New access token; the expiry stays the same.', '2025-12-29 19:11:46.381+00', '2025-12-29 19:11:46.499+00');
INSERT INTO public.transaction_steps VALUES (3, 0, 'exchange_code', 1, 'done', 'Webex gave an access token and a refresh token.', '2025-12-29 19:11:47.287+00', '2025-12-29 19:11:47.415+00');
INSERT INTO public.transaction_steps VALUES (3, 1, 'verify_organization', 1, 'done', 'admin@customer-7.example administers this organization.', '2025-12-29 19:11:47.515+00', '2025-12-29 19:11:47.643+00');
INSERT INTO public.transaction_steps VALUES (3, 2, 'store_tokens', 1, 'done', 'The tokens are stored, encrypted.', '2025-12-29 19:11:47.704+00', '2025-12-29 19:11:47.782+00');
INSERT INTO public.transaction_steps VALUES (3, 3, 'sync_roles', 1, 'skipped', 'The record says not to sync.', '2025-12-29 19:11:48.051+00', '2025-12-29 19:11:48.083+00');
INSERT INTO public.transaction_steps VALUES (3, 4, 'sync_licenses', 1, 'skipped', 'The record says not to sync.', '2025-12-29 19:11:48.174+00', '2025-12-29 19:11:48.274+00');
INSERT INTO public.transaction_steps VALUES (4, 0, 'exchange_code', 1, 'done', 'Webex gave an access token and a refresh token.', '2025-12-29 19:11:49.276+00', '2025-12-29 19:11:49.401+00');
INSERT INTO public.transaction_steps VALUES (4, 1, 'verify_organization', 1, 'done', 'admin@customer-6.example administers this organization.', '2025-12-29 19:11:49.484+00', '2025-12-29 19:11:49.633+00');
INSERT INTO public.transaction_steps VALUES (4, 2, 'store_tokens', 1, 'done', 'The tokens are stored, encrypted.', '2025-12-29 19:11:49.734+00', '2025-12-29 19:11:49.792+00');
INSERT INTO public.transaction_steps VALUES (4, 3, 'sync_roles', 1, 'skipped', 'The record says not to sync.', '2025-12-29 19:11:49.965+00', '2025-12-29 19:11:50.180+00');
INSERT INTO public.transaction_steps VALUES (4, 4, 'sync_licenses', 1, 'skipped', 'The record says not to sync.', '2025-12-29 19:11:50.218+00', '2025-12-29 19:11:50.264+00');
INSERT INTO public.transaction_steps VALUES (5, 2, 'store_tokens', 0, 'waiting', NULL, NULL, NULL);
INSERT INTO public.transaction_steps VALUES (5, 3, 'sync_roles', 0, 'waiting', NULL, NULL, NULL);
INSERT INTO public.transaction_steps VALUES (5, 4, 'sync_licenses', 0, 'waiting', NULL, NULL, NULL);
INSERT INTO public.transaction_steps VALUES (5, 0, 'exchange_code', 1, 'done', 'Webex gave an access token and a refresh token.', '2025-12-31 23:59:57.685+00', '2025-12-31 23:59:57.856+00');
INSERT INTO public.transaction_steps VALUES (5, 1, 'verify_organization', 1, 'running', NULL, '2025-12-31 23:59:57.939+00', NULL);
INSERT INTO public.transaction_steps VALUES (6, 0, 'refresh_tokens', 1, 'failed', 'Webex refuses the refresh token (invalid_grant, tracking id ROUTERGW_1be7b961-28df-4a68-8201-fe7a71f0aec3).', '2025-12-31 23:59:58.305+00', '2025-12-31 23:59:58.349+00');
INSERT INTO public.transaction_steps VALUES (7, 0, 'refresh_tokens', 1, 'waiting', 'Webex does not answer (an error at Webex, tracking id ROUTERGW_a14325ae-597e-4452-9dca-27c3bd7f3a12). Next try in 31 seconds.', '2025-12-31 23:59:58.715+00', NULL);
INSERT INTO public.transactions OVERRIDING SYSTEM VALUE VALUES (4, 'connect', '90275a2a-d615-4b2a-973d-6b19c60303fe', 'Customer 6', 'ada@meridian.example', '{{direct-space}}', NULL, 'success', NULL, NULL, NULL, NULL, 9, 'bIaxKSprwKIJ6nPZN9VzVrjGV9wIVDFjVfsEMLr8-yw', NULL, '2025-12-29 19:11:49.140+00', '2025-12-29 19:11:49.276+00', '2025-12-29 19:11:50.264+00', NULL, NULL, NULL);
INSERT INTO public.transactions OVERRIDING SYSTEM VALUE VALUES (6, 'refresh', '8d4187f3-9881-4104-b437-3744d3f10cdc', 'Customer 7', 'ada@meridian.example', '{{group-space}}', NULL, 'fail', 'invalid_grant', 'Webex refuses the refresh token (invalid_grant, tracking id ROUTERGW_1be7b961-28df-4a68-8201-fe7a71f0aec3).', 'A full administrator of the organization must reconnect it: type “connect”.', NULL, 0, NULL, NULL, '2025-12-31 23:59:58.305+00', '2025-12-31 23:59:58.305+00', '2025-12-31 23:59:58.349+00', NULL, NULL, NULL);
INSERT INTO public.transactions OVERRIDING SYSTEM VALUE VALUES (1, 'connect', '522966d7-2c8b-4a2b-bfe7-706c57f24f31', 'Customer 5', 'ada@meridian.example', '{{direct-space}}', NULL, 'success', NULL, NULL, NULL, NULL, 8, 'XgdZI99z6horhcIzTl53KXqtbM2oDAhRBAl5OEO-_Dk', NULL, '2025-12-29 19:11:43.655+00', '2025-12-29 19:11:43.815+00', '2025-12-29 19:11:45.812+00', NULL, NULL, NULL);
INSERT INTO public.transactions OVERRIDING SYSTEM VALUE VALUES (2, 'refresh', '522966d7-2c8b-4a2b-bfe7-706c57f24f31', 'Customer 5', 'ada@meridian.example', '{{direct-space}}', NULL, 'success', NULL, 'New access token; the expiry stays the same.', NULL, NULL, 0, NULL, NULL, '2025-12-29 19:11:46.381+00', '2025-12-29 19:11:46.381+00', '2025-12-29 19:11:46.499+00', NULL, NULL, NULL);
INSERT INTO public.transactions OVERRIDING SYSTEM VALUE VALUES (3, 'connect', '8d4187f3-9881-4104-b437-3744d3f10cdc', 'Customer 7', 'ada@meridian.example', '{{group-space}}', NULL, 'success', NULL, NULL, NULL, NULL, 8, 'PXzIvgB40Bbl_wt7qhV2rjYRtUygiUOJf538DYUtmlU', NULL, '2025-12-29 19:11:47.175+00', '2025-12-29 19:11:47.287+00', '2025-12-29 19:11:48.274+00', NULL, NULL, NULL);
INSERT INTO public.transactions OVERRIDING SYSTEM VALUE VALUES (5, 'connect', 'e9ac276c-8244-4aa7-a001-d5e7d346d1dd', 'Customer 8', 'ada@meridian.example', '{{direct-space}}', NULL, 'in_progress', NULL, NULL, NULL, 'v1.test.H_TPRdl1g4aGld31WKdcc4m49Di1oQT5E8Ys4McCxl9OrwXiXg-kVPk0xy84VmRxkSP36BCsJcandIbxZsGpZRzH7HKxD9Gs0BVlypfM1E4OpThE3EhdjrxAD64lQvYbSP6UpH6LR-Gk3Z3-YBx6t5XBq9VKR_AWVL0txLQs5roS2Tb9UtS6oGhEKfFUw4ZH073WNrF08q5KG5fCUZ5UF_3UL1wJWfCQwHksACBAyaP2p559jbMIypcqXGjeabGa3Le1y9TBrsEpYVfjsjB8euBM41NfrWIfrWd0Q_ejdmVdjCbMdPVym6tFcJTzRlVy7Uh3PlG20udE6L25RPp4dD8K9EEqRZ-Y-kZk4H28CDfqVC0I7_1Ik7zHeRBDzpSjAfKT78Kei3l1W9MCQH_4NIBqbG6z-FVkfNSSCsBmgT04v9UEtyNSMnCE2xN_vKV70d0bVuXtifVsWM6InmlBFGx0HM_3RazKG5Z2LvfLJ9XnpLfCJi5UM6mEOmISgJsRynnn9QXN9yw5WMSs2jC57VKL137cGXzPvPwA2rDF8bd5SYPHPg8wDEXrJKzSZlnUI-xn50jTDKjU7HtXfcqZKdqwMvncZsVFqozSg0E8PZxzUVQSjI9JhNAnge3isVnDT8wqBj1cqibMYIUkkoGrZ_qzKue99WDjVd_SK6hdANqlTNG4cJj3c2gewDScFmryykeNk3F2zHYXfMOS0sxssgPc8up-pwoiNiHAY_5up8cFtj5j2_2DbEcQ8n3TPSBrv389Noeen_b3nB0vBiVI3D9b-q0rwQA0q5OxsCZTh41RjdnHQlR_0pY-EoXTdWqIZDzbAA', 2, 'Po-8JkjaO6ljENhJyRE9eNG4hUWHg7lSug3MlEnUXqY', NULL, '2025-12-31 23:59:57.398+00', '2025-12-31 23:59:57.685+00', NULL, NULL, NULL, NULL);
INSERT INTO public.transactions OVERRIDING SYSTEM VALUE VALUES (7, 'refresh', '90275a2a-d615-4b2a-973d-6b19c60303fe', 'Customer 6', 'ada@meridian.example', '{{direct-space}}', NULL, 'in_progress', NULL, NULL, NULL, NULL, 0, NULL, NULL, '2025-12-31 23:59:58.715+00', '2025-12-31 23:59:58.715+00', NULL, NULL, NULL, NULL);
SELECT pg_catalog.setval('drizzle.__drizzle_migrations_id_seq', 11, true);
SELECT pg_catalog.setval('public.refreshes_id_seq', 3, true);
SELECT pg_catalog.setval('public.transaction_log_id_seq', 1, true);
SELECT pg_catalog.setval('public.transactions_id_seq', 7, true);
ALTER TABLE ONLY drizzle.__drizzle_migrations
    ADD CONSTRAINT __drizzle_migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY pgboss.archive
    ADD CONSTRAINT archive_pkey PRIMARY KEY (name, id);
ALTER TABLE ONLY pgboss.job
    ADD CONSTRAINT job_pkey PRIMARY KEY (name, id);
ALTER TABLE ONLY pgboss.j0086012a9f175f2d15ecca7bb23b67e799df697821c14fae77228898
    ADD CONSTRAINT j0086012a9f175f2d15ecca7bb23b67e799df697821c14fae77228898_pkey PRIMARY KEY (name, id);
ALTER TABLE ONLY pgboss.j03613b53bb32d49cf9affa191ee7b2056681cf57cfc164aee383a716
    ADD CONSTRAINT j03613b53bb32d49cf9affa191ee7b2056681cf57cfc164aee383a716_pkey PRIMARY KEY (name, id);
ALTER TABLE ONLY pgboss.j1b6fac220713e5d2334ab3f84d185f46afdab055c1dae23b4be58900
    ADD CONSTRAINT j1b6fac220713e5d2334ab3f84d185f46afdab055c1dae23b4be58900_pkey PRIMARY KEY (name, id);
ALTER TABLE ONLY pgboss.j2eab60d5e094326e2051571d7b0fc5657038ec4c069057e2e0832715
    ADD CONSTRAINT j2eab60d5e094326e2051571d7b0fc5657038ec4c069057e2e0832715_pkey PRIMARY KEY (name, id);
ALTER TABLE ONLY pgboss.j53f091cbab40be23fbfefa7ff9e0c78921747927c37259831e2d0597
    ADD CONSTRAINT j53f091cbab40be23fbfefa7ff9e0c78921747927c37259831e2d0597_pkey PRIMARY KEY (name, id);
ALTER TABLE ONLY pgboss.j623f124773d49a5c8933e5d4dd55a2052ce8e426f76c4ea900e42c71
    ADD CONSTRAINT j623f124773d49a5c8933e5d4dd55a2052ce8e426f76c4ea900e42c71_pkey PRIMARY KEY (name, id);
ALTER TABLE ONLY pgboss.jb4a9f34b58e0ff0e728a2f85147f335fefc8277be0358a4104d44c05
    ADD CONSTRAINT jb4a9f34b58e0ff0e728a2f85147f335fefc8277be0358a4104d44c05_pkey PRIMARY KEY (name, id);
ALTER TABLE ONLY pgboss.jbe7524689ed3b56a18f5676cc84e1312e3a07fc6254f41e4ba037c72
    ADD CONSTRAINT jbe7524689ed3b56a18f5676cc84e1312e3a07fc6254f41e4ba037c72_pkey PRIMARY KEY (name, id);
ALTER TABLE ONLY pgboss.jcef2581b142a3fd7be735de3131d432aee1e20484543e30733bf1b68
    ADD CONSTRAINT jcef2581b142a3fd7be735de3131d432aee1e20484543e30733bf1b68_pkey PRIMARY KEY (name, id);
ALTER TABLE ONLY pgboss.jdc561e51939bde92f4d7d08c9c1de3a52784a418ce353df2623627bc
    ADD CONSTRAINT jdc561e51939bde92f4d7d08c9c1de3a52784a418ce353df2623627bc_pkey PRIMARY KEY (name, id);
ALTER TABLE ONLY pgboss.jf3d73b71ded688983403efa42625a89b783bab296ae6794ae956bd41
    ADD CONSTRAINT jf3d73b71ded688983403efa42625a89b783bab296ae6794ae956bd41_pkey PRIMARY KEY (name, id);
ALTER TABLE ONLY pgboss.jfa61ca864128adc1750fcd4a18a2aa21582d5999a7883b7ee96466a9
    ADD CONSTRAINT jfa61ca864128adc1750fcd4a18a2aa21582d5999a7883b7ee96466a9_pkey PRIMARY KEY (name, id);
ALTER TABLE ONLY pgboss.queue
    ADD CONSTRAINT queue_pkey PRIMARY KEY (name);
ALTER TABLE ONLY pgboss.schedule
    ADD CONSTRAINT schedule_pkey PRIMARY KEY (name);
ALTER TABLE ONLY pgboss.subscription
    ADD CONSTRAINT subscription_pkey PRIMARY KEY (event, name);
ALTER TABLE ONLY pgboss.version
    ADD CONSTRAINT version_pkey PRIMARY KEY (version);
ALTER TABLE ONLY public.administrators
    ADD CONSTRAINT administrators_pkey PRIMARY KEY (email);
ALTER TABLE ONLY public.connect_links
    ADD CONSTRAINT connect_links_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.connections
    ADD CONSTRAINT connections_pkey PRIMARY KEY (organization_id);
ALTER TABLE ONLY public.inbox_events
    ADD CONSTRAINT inbox_events_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.licenses
    ADD CONSTRAINT licenses_organization_id_webex_id_pk PRIMARY KEY (organization_id, webex_id);
ALTER TABLE ONLY public.markers
    ADD CONSTRAINT markers_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT organizations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_pkey PRIMARY KEY (person_id);
ALTER TABLE ONLY public.refreshes
    ADD CONSTRAINT refreshes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.roles
    ADD CONSTRAINT roles_organization_id_webex_id_pk PRIMARY KEY (organization_id, webex_id);
ALTER TABLE ONLY public.settings
    ADD CONSTRAINT settings_level_subject_pk PRIMARY KEY (level, subject);
ALTER TABLE ONLY public.spaces
    ADD CONSTRAINT spaces_pkey PRIMARY KEY (room_id);
ALTER TABLE ONLY public.syncs
    ADD CONSTRAINT syncs_organization_id_kind_pk PRIMARY KEY (organization_id, kind);
ALTER TABLE ONLY public.transaction_log
    ADD CONSTRAINT transaction_log_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.transaction_steps
    ADD CONSTRAINT transaction_steps_transaction_id_position_pk PRIMARY KEY (transaction_id, "position");
ALTER TABLE ONLY public.transactions
    ADD CONSTRAINT transactions_pkey PRIMARY KEY (id);
CREATE INDEX archive_i1 ON pgboss.archive USING btree (archived_on);
CREATE UNIQUE INDEX j0086012a9f175f2d15ecca7bb23b67e799df697821c14fae77228898_i1 ON pgboss.j0086012a9f175f2d15ecca7bb23b67e799df697821c14fae77228898 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'created'::pgboss.job_state) AND (policy = 'short'::text));
CREATE UNIQUE INDEX j0086012a9f175f2d15ecca7bb23b67e799df697821c14fae77228898_i2 ON pgboss.j0086012a9f175f2d15ecca7bb23b67e799df697821c14fae77228898 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'active'::pgboss.job_state) AND (policy = 'singleton'::text));
CREATE UNIQUE INDEX j0086012a9f175f2d15ecca7bb23b67e799df697821c14fae77228898_i3 ON pgboss.j0086012a9f175f2d15ecca7bb23b67e799df697821c14fae77228898 USING btree (name, state, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::pgboss.job_state) AND (policy = 'stately'::text));
CREATE UNIQUE INDEX j0086012a9f175f2d15ecca7bb23b67e799df697821c14fae77228898_i4 ON pgboss.j0086012a9f175f2d15ecca7bb23b67e799df697821c14fae77228898 USING btree (name, singleton_on, COALESCE(singleton_key, ''::text)) WHERE ((state <> 'cancelled'::pgboss.job_state) AND (singleton_on IS NOT NULL));
CREATE INDEX j0086012a9f175f2d15ecca7bb23b67e799df697821c14fae77228898_i5 ON pgboss.j0086012a9f175f2d15ecca7bb23b67e799df697821c14fae77228898 USING btree (name, start_after) INCLUDE (priority, created_on, id) WHERE (state < 'active'::pgboss.job_state);
CREATE UNIQUE INDEX j03613b53bb32d49cf9affa191ee7b2056681cf57cfc164aee383a716_i1 ON pgboss.j03613b53bb32d49cf9affa191ee7b2056681cf57cfc164aee383a716 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'created'::pgboss.job_state) AND (policy = 'short'::text));
CREATE UNIQUE INDEX j03613b53bb32d49cf9affa191ee7b2056681cf57cfc164aee383a716_i2 ON pgboss.j03613b53bb32d49cf9affa191ee7b2056681cf57cfc164aee383a716 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'active'::pgboss.job_state) AND (policy = 'singleton'::text));
CREATE UNIQUE INDEX j03613b53bb32d49cf9affa191ee7b2056681cf57cfc164aee383a716_i3 ON pgboss.j03613b53bb32d49cf9affa191ee7b2056681cf57cfc164aee383a716 USING btree (name, state, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::pgboss.job_state) AND (policy = 'stately'::text));
CREATE UNIQUE INDEX j03613b53bb32d49cf9affa191ee7b2056681cf57cfc164aee383a716_i4 ON pgboss.j03613b53bb32d49cf9affa191ee7b2056681cf57cfc164aee383a716 USING btree (name, singleton_on, COALESCE(singleton_key, ''::text)) WHERE ((state <> 'cancelled'::pgboss.job_state) AND (singleton_on IS NOT NULL));
CREATE INDEX j03613b53bb32d49cf9affa191ee7b2056681cf57cfc164aee383a716_i5 ON pgboss.j03613b53bb32d49cf9affa191ee7b2056681cf57cfc164aee383a716 USING btree (name, start_after) INCLUDE (priority, created_on, id) WHERE (state < 'active'::pgboss.job_state);
CREATE UNIQUE INDEX j1b6fac220713e5d2334ab3f84d185f46afdab055c1dae23b4be58900_i1 ON pgboss.j1b6fac220713e5d2334ab3f84d185f46afdab055c1dae23b4be58900 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'created'::pgboss.job_state) AND (policy = 'short'::text));
CREATE UNIQUE INDEX j1b6fac220713e5d2334ab3f84d185f46afdab055c1dae23b4be58900_i2 ON pgboss.j1b6fac220713e5d2334ab3f84d185f46afdab055c1dae23b4be58900 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'active'::pgboss.job_state) AND (policy = 'singleton'::text));
CREATE UNIQUE INDEX j1b6fac220713e5d2334ab3f84d185f46afdab055c1dae23b4be58900_i3 ON pgboss.j1b6fac220713e5d2334ab3f84d185f46afdab055c1dae23b4be58900 USING btree (name, state, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::pgboss.job_state) AND (policy = 'stately'::text));
CREATE UNIQUE INDEX j1b6fac220713e5d2334ab3f84d185f46afdab055c1dae23b4be58900_i4 ON pgboss.j1b6fac220713e5d2334ab3f84d185f46afdab055c1dae23b4be58900 USING btree (name, singleton_on, COALESCE(singleton_key, ''::text)) WHERE ((state <> 'cancelled'::pgboss.job_state) AND (singleton_on IS NOT NULL));
CREATE INDEX j1b6fac220713e5d2334ab3f84d185f46afdab055c1dae23b4be58900_i5 ON pgboss.j1b6fac220713e5d2334ab3f84d185f46afdab055c1dae23b4be58900 USING btree (name, start_after) INCLUDE (priority, created_on, id) WHERE (state < 'active'::pgboss.job_state);
CREATE UNIQUE INDEX j2eab60d5e094326e2051571d7b0fc5657038ec4c069057e2e0832715_i1 ON pgboss.j2eab60d5e094326e2051571d7b0fc5657038ec4c069057e2e0832715 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'created'::pgboss.job_state) AND (policy = 'short'::text));
CREATE UNIQUE INDEX j2eab60d5e094326e2051571d7b0fc5657038ec4c069057e2e0832715_i2 ON pgboss.j2eab60d5e094326e2051571d7b0fc5657038ec4c069057e2e0832715 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'active'::pgboss.job_state) AND (policy = 'singleton'::text));
CREATE UNIQUE INDEX j2eab60d5e094326e2051571d7b0fc5657038ec4c069057e2e0832715_i3 ON pgboss.j2eab60d5e094326e2051571d7b0fc5657038ec4c069057e2e0832715 USING btree (name, state, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::pgboss.job_state) AND (policy = 'stately'::text));
CREATE UNIQUE INDEX j2eab60d5e094326e2051571d7b0fc5657038ec4c069057e2e0832715_i4 ON pgboss.j2eab60d5e094326e2051571d7b0fc5657038ec4c069057e2e0832715 USING btree (name, singleton_on, COALESCE(singleton_key, ''::text)) WHERE ((state <> 'cancelled'::pgboss.job_state) AND (singleton_on IS NOT NULL));
CREATE INDEX j2eab60d5e094326e2051571d7b0fc5657038ec4c069057e2e0832715_i5 ON pgboss.j2eab60d5e094326e2051571d7b0fc5657038ec4c069057e2e0832715 USING btree (name, start_after) INCLUDE (priority, created_on, id) WHERE (state < 'active'::pgboss.job_state);
CREATE UNIQUE INDEX j53f091cbab40be23fbfefa7ff9e0c78921747927c37259831e2d0597_i1 ON pgboss.j53f091cbab40be23fbfefa7ff9e0c78921747927c37259831e2d0597 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'created'::pgboss.job_state) AND (policy = 'short'::text));
CREATE UNIQUE INDEX j53f091cbab40be23fbfefa7ff9e0c78921747927c37259831e2d0597_i2 ON pgboss.j53f091cbab40be23fbfefa7ff9e0c78921747927c37259831e2d0597 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'active'::pgboss.job_state) AND (policy = 'singleton'::text));
CREATE UNIQUE INDEX j53f091cbab40be23fbfefa7ff9e0c78921747927c37259831e2d0597_i3 ON pgboss.j53f091cbab40be23fbfefa7ff9e0c78921747927c37259831e2d0597 USING btree (name, state, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::pgboss.job_state) AND (policy = 'stately'::text));
CREATE UNIQUE INDEX j53f091cbab40be23fbfefa7ff9e0c78921747927c37259831e2d0597_i4 ON pgboss.j53f091cbab40be23fbfefa7ff9e0c78921747927c37259831e2d0597 USING btree (name, singleton_on, COALESCE(singleton_key, ''::text)) WHERE ((state <> 'cancelled'::pgboss.job_state) AND (singleton_on IS NOT NULL));
CREATE INDEX j53f091cbab40be23fbfefa7ff9e0c78921747927c37259831e2d0597_i5 ON pgboss.j53f091cbab40be23fbfefa7ff9e0c78921747927c37259831e2d0597 USING btree (name, start_after) INCLUDE (priority, created_on, id) WHERE (state < 'active'::pgboss.job_state);
CREATE UNIQUE INDEX j623f124773d49a5c8933e5d4dd55a2052ce8e426f76c4ea900e42c71_i1 ON pgboss.j623f124773d49a5c8933e5d4dd55a2052ce8e426f76c4ea900e42c71 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'created'::pgboss.job_state) AND (policy = 'short'::text));
CREATE UNIQUE INDEX j623f124773d49a5c8933e5d4dd55a2052ce8e426f76c4ea900e42c71_i2 ON pgboss.j623f124773d49a5c8933e5d4dd55a2052ce8e426f76c4ea900e42c71 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'active'::pgboss.job_state) AND (policy = 'singleton'::text));
CREATE UNIQUE INDEX j623f124773d49a5c8933e5d4dd55a2052ce8e426f76c4ea900e42c71_i3 ON pgboss.j623f124773d49a5c8933e5d4dd55a2052ce8e426f76c4ea900e42c71 USING btree (name, state, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::pgboss.job_state) AND (policy = 'stately'::text));
CREATE UNIQUE INDEX j623f124773d49a5c8933e5d4dd55a2052ce8e426f76c4ea900e42c71_i4 ON pgboss.j623f124773d49a5c8933e5d4dd55a2052ce8e426f76c4ea900e42c71 USING btree (name, singleton_on, COALESCE(singleton_key, ''::text)) WHERE ((state <> 'cancelled'::pgboss.job_state) AND (singleton_on IS NOT NULL));
CREATE INDEX j623f124773d49a5c8933e5d4dd55a2052ce8e426f76c4ea900e42c71_i5 ON pgboss.j623f124773d49a5c8933e5d4dd55a2052ce8e426f76c4ea900e42c71 USING btree (name, start_after) INCLUDE (priority, created_on, id) WHERE (state < 'active'::pgboss.job_state);
CREATE UNIQUE INDEX jb4a9f34b58e0ff0e728a2f85147f335fefc8277be0358a4104d44c05_i1 ON pgboss.jb4a9f34b58e0ff0e728a2f85147f335fefc8277be0358a4104d44c05 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'created'::pgboss.job_state) AND (policy = 'short'::text));
CREATE UNIQUE INDEX jb4a9f34b58e0ff0e728a2f85147f335fefc8277be0358a4104d44c05_i2 ON pgboss.jb4a9f34b58e0ff0e728a2f85147f335fefc8277be0358a4104d44c05 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'active'::pgboss.job_state) AND (policy = 'singleton'::text));
CREATE UNIQUE INDEX jb4a9f34b58e0ff0e728a2f85147f335fefc8277be0358a4104d44c05_i3 ON pgboss.jb4a9f34b58e0ff0e728a2f85147f335fefc8277be0358a4104d44c05 USING btree (name, state, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::pgboss.job_state) AND (policy = 'stately'::text));
CREATE UNIQUE INDEX jb4a9f34b58e0ff0e728a2f85147f335fefc8277be0358a4104d44c05_i4 ON pgboss.jb4a9f34b58e0ff0e728a2f85147f335fefc8277be0358a4104d44c05 USING btree (name, singleton_on, COALESCE(singleton_key, ''::text)) WHERE ((state <> 'cancelled'::pgboss.job_state) AND (singleton_on IS NOT NULL));
CREATE INDEX jb4a9f34b58e0ff0e728a2f85147f335fefc8277be0358a4104d44c05_i5 ON pgboss.jb4a9f34b58e0ff0e728a2f85147f335fefc8277be0358a4104d44c05 USING btree (name, start_after) INCLUDE (priority, created_on, id) WHERE (state < 'active'::pgboss.job_state);
CREATE UNIQUE INDEX jbe7524689ed3b56a18f5676cc84e1312e3a07fc6254f41e4ba037c72_i1 ON pgboss.jbe7524689ed3b56a18f5676cc84e1312e3a07fc6254f41e4ba037c72 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'created'::pgboss.job_state) AND (policy = 'short'::text));
CREATE UNIQUE INDEX jbe7524689ed3b56a18f5676cc84e1312e3a07fc6254f41e4ba037c72_i2 ON pgboss.jbe7524689ed3b56a18f5676cc84e1312e3a07fc6254f41e4ba037c72 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'active'::pgboss.job_state) AND (policy = 'singleton'::text));
CREATE UNIQUE INDEX jbe7524689ed3b56a18f5676cc84e1312e3a07fc6254f41e4ba037c72_i3 ON pgboss.jbe7524689ed3b56a18f5676cc84e1312e3a07fc6254f41e4ba037c72 USING btree (name, state, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::pgboss.job_state) AND (policy = 'stately'::text));
CREATE UNIQUE INDEX jbe7524689ed3b56a18f5676cc84e1312e3a07fc6254f41e4ba037c72_i4 ON pgboss.jbe7524689ed3b56a18f5676cc84e1312e3a07fc6254f41e4ba037c72 USING btree (name, singleton_on, COALESCE(singleton_key, ''::text)) WHERE ((state <> 'cancelled'::pgboss.job_state) AND (singleton_on IS NOT NULL));
CREATE INDEX jbe7524689ed3b56a18f5676cc84e1312e3a07fc6254f41e4ba037c72_i5 ON pgboss.jbe7524689ed3b56a18f5676cc84e1312e3a07fc6254f41e4ba037c72 USING btree (name, start_after) INCLUDE (priority, created_on, id) WHERE (state < 'active'::pgboss.job_state);
CREATE UNIQUE INDEX jcef2581b142a3fd7be735de3131d432aee1e20484543e30733bf1b68_i1 ON pgboss.jcef2581b142a3fd7be735de3131d432aee1e20484543e30733bf1b68 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'created'::pgboss.job_state) AND (policy = 'short'::text));
CREATE UNIQUE INDEX jcef2581b142a3fd7be735de3131d432aee1e20484543e30733bf1b68_i2 ON pgboss.jcef2581b142a3fd7be735de3131d432aee1e20484543e30733bf1b68 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'active'::pgboss.job_state) AND (policy = 'singleton'::text));
CREATE UNIQUE INDEX jcef2581b142a3fd7be735de3131d432aee1e20484543e30733bf1b68_i3 ON pgboss.jcef2581b142a3fd7be735de3131d432aee1e20484543e30733bf1b68 USING btree (name, state, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::pgboss.job_state) AND (policy = 'stately'::text));
CREATE UNIQUE INDEX jcef2581b142a3fd7be735de3131d432aee1e20484543e30733bf1b68_i4 ON pgboss.jcef2581b142a3fd7be735de3131d432aee1e20484543e30733bf1b68 USING btree (name, singleton_on, COALESCE(singleton_key, ''::text)) WHERE ((state <> 'cancelled'::pgboss.job_state) AND (singleton_on IS NOT NULL));
CREATE INDEX jcef2581b142a3fd7be735de3131d432aee1e20484543e30733bf1b68_i5 ON pgboss.jcef2581b142a3fd7be735de3131d432aee1e20484543e30733bf1b68 USING btree (name, start_after) INCLUDE (priority, created_on, id) WHERE (state < 'active'::pgboss.job_state);
CREATE UNIQUE INDEX jdc561e51939bde92f4d7d08c9c1de3a52784a418ce353df2623627bc_i1 ON pgboss.jdc561e51939bde92f4d7d08c9c1de3a52784a418ce353df2623627bc USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'created'::pgboss.job_state) AND (policy = 'short'::text));
CREATE UNIQUE INDEX jdc561e51939bde92f4d7d08c9c1de3a52784a418ce353df2623627bc_i2 ON pgboss.jdc561e51939bde92f4d7d08c9c1de3a52784a418ce353df2623627bc USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'active'::pgboss.job_state) AND (policy = 'singleton'::text));
CREATE UNIQUE INDEX jdc561e51939bde92f4d7d08c9c1de3a52784a418ce353df2623627bc_i3 ON pgboss.jdc561e51939bde92f4d7d08c9c1de3a52784a418ce353df2623627bc USING btree (name, state, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::pgboss.job_state) AND (policy = 'stately'::text));
CREATE UNIQUE INDEX jdc561e51939bde92f4d7d08c9c1de3a52784a418ce353df2623627bc_i4 ON pgboss.jdc561e51939bde92f4d7d08c9c1de3a52784a418ce353df2623627bc USING btree (name, singleton_on, COALESCE(singleton_key, ''::text)) WHERE ((state <> 'cancelled'::pgboss.job_state) AND (singleton_on IS NOT NULL));
CREATE INDEX jdc561e51939bde92f4d7d08c9c1de3a52784a418ce353df2623627bc_i5 ON pgboss.jdc561e51939bde92f4d7d08c9c1de3a52784a418ce353df2623627bc USING btree (name, start_after) INCLUDE (priority, created_on, id) WHERE (state < 'active'::pgboss.job_state);
CREATE UNIQUE INDEX jf3d73b71ded688983403efa42625a89b783bab296ae6794ae956bd41_i1 ON pgboss.jf3d73b71ded688983403efa42625a89b783bab296ae6794ae956bd41 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'created'::pgboss.job_state) AND (policy = 'short'::text));
CREATE UNIQUE INDEX jf3d73b71ded688983403efa42625a89b783bab296ae6794ae956bd41_i2 ON pgboss.jf3d73b71ded688983403efa42625a89b783bab296ae6794ae956bd41 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'active'::pgboss.job_state) AND (policy = 'singleton'::text));
CREATE UNIQUE INDEX jf3d73b71ded688983403efa42625a89b783bab296ae6794ae956bd41_i3 ON pgboss.jf3d73b71ded688983403efa42625a89b783bab296ae6794ae956bd41 USING btree (name, state, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::pgboss.job_state) AND (policy = 'stately'::text));
CREATE UNIQUE INDEX jf3d73b71ded688983403efa42625a89b783bab296ae6794ae956bd41_i4 ON pgboss.jf3d73b71ded688983403efa42625a89b783bab296ae6794ae956bd41 USING btree (name, singleton_on, COALESCE(singleton_key, ''::text)) WHERE ((state <> 'cancelled'::pgboss.job_state) AND (singleton_on IS NOT NULL));
CREATE INDEX jf3d73b71ded688983403efa42625a89b783bab296ae6794ae956bd41_i5 ON pgboss.jf3d73b71ded688983403efa42625a89b783bab296ae6794ae956bd41 USING btree (name, start_after) INCLUDE (priority, created_on, id) WHERE (state < 'active'::pgboss.job_state);
CREATE UNIQUE INDEX jfa61ca864128adc1750fcd4a18a2aa21582d5999a7883b7ee96466a9_i1 ON pgboss.jfa61ca864128adc1750fcd4a18a2aa21582d5999a7883b7ee96466a9 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'created'::pgboss.job_state) AND (policy = 'short'::text));
CREATE UNIQUE INDEX jfa61ca864128adc1750fcd4a18a2aa21582d5999a7883b7ee96466a9_i2 ON pgboss.jfa61ca864128adc1750fcd4a18a2aa21582d5999a7883b7ee96466a9 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'active'::pgboss.job_state) AND (policy = 'singleton'::text));
CREATE UNIQUE INDEX jfa61ca864128adc1750fcd4a18a2aa21582d5999a7883b7ee96466a9_i3 ON pgboss.jfa61ca864128adc1750fcd4a18a2aa21582d5999a7883b7ee96466a9 USING btree (name, state, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::pgboss.job_state) AND (policy = 'stately'::text));
CREATE UNIQUE INDEX jfa61ca864128adc1750fcd4a18a2aa21582d5999a7883b7ee96466a9_i4 ON pgboss.jfa61ca864128adc1750fcd4a18a2aa21582d5999a7883b7ee96466a9 USING btree (name, singleton_on, COALESCE(singleton_key, ''::text)) WHERE ((state <> 'cancelled'::pgboss.job_state) AND (singleton_on IS NOT NULL));
CREATE INDEX jfa61ca864128adc1750fcd4a18a2aa21582d5999a7883b7ee96466a9_i5 ON pgboss.jfa61ca864128adc1750fcd4a18a2aa21582d5999a7883b7ee96466a9 USING btree (name, start_after) INCLUDE (priority, created_on, id) WHERE (state < 'active'::pgboss.job_state);
CREATE INDEX connect_links_organization ON public.connect_links USING btree (organization_id);
CREATE UNIQUE INDEX connect_links_state_hash ON public.connect_links USING btree (state_hash);
CREATE UNIQUE INDEX connect_links_token_hash ON public.connect_links USING btree (token_hash);
CREATE INDEX connect_links_transaction ON public.connect_links USING btree (transaction_id);
CREATE INDEX connections_deadline ON public.connections USING btree (refresh_token_expires_at);
CREATE INDEX connections_escalate ON public.connections USING btree (escalate_at) WHERE (state <> 'lost'::text);
CREATE INDEX connections_failing_warn ON public.connections USING btree (failing_warn_at) WHERE (state = 'failing'::text);
CREATE INDEX connections_giver ON public.connections USING btree (lower(authorized_email));
CREATE INDEX connections_lost ON public.connections USING btree (organization_id) WHERE (state = 'lost'::text);
CREATE INDEX connections_person ON public.connections USING btree (authorized_person_id);
CREATE INDEX connections_probe_due ON public.connections USING btree (probe_due_at) WHERE (state <> 'lost'::text);
CREATE INDEX connections_refresh_due ON public.connections USING btree (refresh_due_at, organization_id) WHERE (state <> 'lost'::text);
CREATE INDEX connections_refused ON public.connections USING btree (refused_at) WHERE (refused_at IS NOT NULL);
CREATE INDEX connections_urgency ON public.connections USING btree (((state <> 'lost'::text)), refresh_token_expires_at, organization_id);
CREATE INDEX connections_warn ON public.connections USING btree (warn_at) WHERE (state <> 'lost'::text);
CREATE INDEX inbox_events_received ON public.inbox_events USING btree (received_at);
CREATE INDEX inbox_events_unhandled ON public.inbox_events USING btree (held_until) WHERE (handled_at IS NULL);
CREATE UNIQUE INDEX notices_key ON public.notices USING btree (key);
CREATE INDEX notices_organization ON public.notices USING btree (organization_id);
CREATE INDEX notices_waiting ON public.notices USING btree (created_at) WHERE ((delivered_at IS NULL) AND (undeliverable IS NULL));
CREATE UNIQUE INDEX organizations_account_number_external ON public.organizations USING btree (account_number_external);
CREATE INDEX organizations_room ON public.organizations USING btree (room_id);
CREATE INDEX organizations_search_name ON public.organizations USING btree (search_name COLLATE "C", id);
CREATE INDEX people_seen ON public.people USING btree (seen_at);
CREATE INDEX refreshes_at ON public.refreshes USING btree (at);
CREATE INDEX refreshes_organization ON public.refreshes USING btree (organization_id, id);
CREATE INDEX refreshes_transaction ON public.refreshes USING btree (transaction_id);
CREATE INDEX transaction_log_transaction ON public.transaction_log USING btree (transaction_id, id);
CREATE INDEX transactions_failed ON public.transactions USING btree (id) WHERE (status = 'fail'::text);
CREATE INDEX transactions_open ON public.transactions USING btree (id) WHERE (completed_at IS NULL);
CREATE UNIQUE INDEX transactions_open_refresh ON public.transactions USING btree (organization_id) WHERE ((action = 'refresh'::text) AND (completed_at IS NULL));
CREATE INDEX transactions_organization ON public.transactions USING btree (organization_id, id);
ALTER INDEX pgboss.job_pkey ATTACH PARTITION pgboss.j0086012a9f175f2d15ecca7bb23b67e799df697821c14fae77228898_pkey;
ALTER INDEX pgboss.job_pkey ATTACH PARTITION pgboss.j03613b53bb32d49cf9affa191ee7b2056681cf57cfc164aee383a716_pkey;
ALTER INDEX pgboss.job_pkey ATTACH PARTITION pgboss.j1b6fac220713e5d2334ab3f84d185f46afdab055c1dae23b4be58900_pkey;
ALTER INDEX pgboss.job_pkey ATTACH PARTITION pgboss.j2eab60d5e094326e2051571d7b0fc5657038ec4c069057e2e0832715_pkey;
ALTER INDEX pgboss.job_pkey ATTACH PARTITION pgboss.j53f091cbab40be23fbfefa7ff9e0c78921747927c37259831e2d0597_pkey;
ALTER INDEX pgboss.job_pkey ATTACH PARTITION pgboss.j623f124773d49a5c8933e5d4dd55a2052ce8e426f76c4ea900e42c71_pkey;
ALTER INDEX pgboss.job_pkey ATTACH PARTITION pgboss.jb4a9f34b58e0ff0e728a2f85147f335fefc8277be0358a4104d44c05_pkey;
ALTER INDEX pgboss.job_pkey ATTACH PARTITION pgboss.jbe7524689ed3b56a18f5676cc84e1312e3a07fc6254f41e4ba037c72_pkey;
ALTER INDEX pgboss.job_pkey ATTACH PARTITION pgboss.jcef2581b142a3fd7be735de3131d432aee1e20484543e30733bf1b68_pkey;
ALTER INDEX pgboss.job_pkey ATTACH PARTITION pgboss.jdc561e51939bde92f4d7d08c9c1de3a52784a418ce353df2623627bc_pkey;
ALTER INDEX pgboss.job_pkey ATTACH PARTITION pgboss.jf3d73b71ded688983403efa42625a89b783bab296ae6794ae956bd41_pkey;
ALTER INDEX pgboss.job_pkey ATTACH PARTITION pgboss.jfa61ca864128adc1750fcd4a18a2aa21582d5999a7883b7ee96466a9_pkey;
ALTER TABLE ONLY pgboss.j0086012a9f175f2d15ecca7bb23b67e799df697821c14fae77228898
    ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY pgboss.j03613b53bb32d49cf9affa191ee7b2056681cf57cfc164aee383a716
    ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY pgboss.j1b6fac220713e5d2334ab3f84d185f46afdab055c1dae23b4be58900
    ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY pgboss.j2eab60d5e094326e2051571d7b0fc5657038ec4c069057e2e0832715
    ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY pgboss.j53f091cbab40be23fbfefa7ff9e0c78921747927c37259831e2d0597
    ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY pgboss.j623f124773d49a5c8933e5d4dd55a2052ce8e426f76c4ea900e42c71
    ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY pgboss.jb4a9f34b58e0ff0e728a2f85147f335fefc8277be0358a4104d44c05
    ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY pgboss.jbe7524689ed3b56a18f5676cc84e1312e3a07fc6254f41e4ba037c72
    ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY pgboss.jcef2581b142a3fd7be735de3131d432aee1e20484543e30733bf1b68
    ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY pgboss.jdc561e51939bde92f4d7d08c9c1de3a52784a418ce353df2623627bc
    ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY pgboss.jf3d73b71ded688983403efa42625a89b783bab296ae6794ae956bd41
    ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY pgboss.jfa61ca864128adc1750fcd4a18a2aa21582d5999a7883b7ee96466a9
    ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY pgboss.j0086012a9f175f2d15ecca7bb23b67e799df697821c14fae77228898
    ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY pgboss.j03613b53bb32d49cf9affa191ee7b2056681cf57cfc164aee383a716
    ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY pgboss.j1b6fac220713e5d2334ab3f84d185f46afdab055c1dae23b4be58900
    ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY pgboss.j2eab60d5e094326e2051571d7b0fc5657038ec4c069057e2e0832715
    ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY pgboss.j53f091cbab40be23fbfefa7ff9e0c78921747927c37259831e2d0597
    ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY pgboss.j623f124773d49a5c8933e5d4dd55a2052ce8e426f76c4ea900e42c71
    ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY pgboss.jb4a9f34b58e0ff0e728a2f85147f335fefc8277be0358a4104d44c05
    ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY pgboss.jbe7524689ed3b56a18f5676cc84e1312e3a07fc6254f41e4ba037c72
    ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY pgboss.jcef2581b142a3fd7be735de3131d432aee1e20484543e30733bf1b68
    ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY pgboss.jdc561e51939bde92f4d7d08c9c1de3a52784a418ce353df2623627bc
    ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY pgboss.jf3d73b71ded688983403efa42625a89b783bab296ae6794ae956bd41
    ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY pgboss.jfa61ca864128adc1750fcd4a18a2aa21582d5999a7883b7ee96466a9
    ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY pgboss.queue
    ADD CONSTRAINT queue_dead_letter_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue(name);
ALTER TABLE ONLY pgboss.schedule
    ADD CONSTRAINT schedule_name_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE CASCADE;
ALTER TABLE ONLY pgboss.subscription
    ADD CONSTRAINT subscription_name_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE CASCADE;
ALTER TABLE ONLY public.connect_links
    ADD CONSTRAINT connect_links_organization_id_organizations_id_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.connections
    ADD CONSTRAINT connections_organization_id_organizations_id_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.licenses
    ADD CONSTRAINT licenses_organization_id_organizations_id_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_organization_id_organizations_id_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.refreshes
    ADD CONSTRAINT refreshes_organization_id_organizations_id_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.roles
    ADD CONSTRAINT roles_organization_id_organizations_id_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.syncs
    ADD CONSTRAINT syncs_organization_id_organizations_id_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.transaction_log
    ADD CONSTRAINT transaction_log_transaction_id_transactions_id_fk FOREIGN KEY (transaction_id) REFERENCES public.transactions(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.transaction_steps
    ADD CONSTRAINT transaction_steps_transaction_id_transactions_id_fk FOREIGN KEY (transaction_id) REFERENCES public.transactions(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.transactions
    ADD CONSTRAINT transactions_organization_id_organizations_id_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE SET NULL;
