CREATE TABLE "grant_counts" (
	"email" text PRIMARY KEY NOT NULL,
	"connections" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "grantor_events" (
	"organization_id" uuid NOT NULL,
	"event_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"kind" text NOT NULL,
	"actor_name" text,
	"actor_email" text,
	"words" text,
	CONSTRAINT "grantor_events_organization_id_event_id_pk" PRIMARY KEY("organization_id","event_id")
);
--> statement-breakpoint
CREATE TABLE "calling_people" (
	"organization_id" uuid NOT NULL,
	"webex_id" text NOT NULL,
	"state" text NOT NULL,
	"wanted" text NOT NULL,
	"modified_at" timestamp with time zone,
	"set_type" text,
	"set_at" timestamp with time zone,
	"set_in" bigint,
	"prior_type" text,
	"prior_at" timestamp with time zone,
	"prior_in" bigint,
	"before_type" text,
	"before_profile_id" text,
	CONSTRAINT "calling_people_organization_id_webex_id_pk" PRIMARY KEY("organization_id","webex_id")
);
--> statement-breakpoint
CREATE TABLE "calling_runs" (
	"transaction_id" bigint PRIMARY KEY NOT NULL,
	"mode" text NOT NULL,
	"wanted" text,
	"profile_id" text,
	"overwrites" boolean NOT NULL,
	"reached" text DEFAULT '' NOT NULL,
	"total" integer NOT NULL,
	"counts" jsonb NOT NULL,
	"profiles" jsonb DEFAULT '[]'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "calling_confirmations" (
	"organization_id" uuid PRIMARY KEY NOT NULL,
	"wanted" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "managed_organizations" (
	"partner_id" uuid NOT NULL,
	"webex_uuid" uuid NOT NULL,
	"webex_org_id" text NOT NULL,
	"name" text NOT NULL,
	"search_name" text NOT NULL,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"former_name" text,
	"first_seen_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"gone_at" timestamp with time zone,
	"notified_at" timestamp with time zone,
	"adding_id" uuid,
	CONSTRAINT "managed_organizations_partner_id_webex_uuid_pk" PRIMARY KEY("partner_id","webex_uuid")
);
--> statement-breakpoint
CREATE TABLE "leaving_plans" (
	"email" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"started_by" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"total" integer NOT NULL,
	CONSTRAINT "leaving_plans_email_customer_id_pk" PRIMARY KEY("email","customer_id")
);
--> statement-breakpoint
ALTER TABLE "connections" ALTER COLUMN "authorized_person_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "connections" ALTER COLUMN "authorized_email" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "withdrawn_connections" ALTER COLUMN "authorized_person_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "withdrawn_connections" ALTER COLUMN "authorized_email" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "connect_links" ADD COLUMN "purpose" text DEFAULT 'consent' NOT NULL;--> statement-breakpoint
ALTER TABLE "connect_links" ADD COLUMN "refusal" text;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "way" text DEFAULT 'consent' NOT NULL;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "via_organization_id" uuid;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "fallback_way" text;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "fallback_via_organization_id" uuid;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "fallback_refusal" text;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "app_client_id" text;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "app_client_secret" text;--> statement-breakpoint
ALTER TABLE "withdrawn_connections" ADD COLUMN "way" text DEFAULT 'consent' NOT NULL;--> statement-breakpoint
ALTER TABLE "withdrawn_connections" ADD COLUMN "via_organization_id" uuid;--> statement-breakpoint
ALTER TABLE "withdrawn_connections" ADD COLUMN "fallback_way" text;--> statement-breakpoint
ALTER TABLE "withdrawn_connections" ADD COLUMN "fallback_via_organization_id" uuid;--> statement-breakpoint
ALTER TABLE "withdrawn_connections" ADD COLUMN "fallback_refusal" text;--> statement-breakpoint
ALTER TABLE "withdrawn_connections" ADD COLUMN "app_client_id" text;--> statement-breakpoint
ALTER TABLE "withdrawn_connections" ADD COLUMN "app_client_secret" text;--> statement-breakpoint
ALTER TABLE "directory_people" ADD COLUMN "modified_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sync_schedules" ADD COLUMN "paused_with_others" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "serves_as_partner" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "owns_service_app" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "to_own_service_app" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "grantor_events" ADD CONSTRAINT "grantor_events_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calling_people" ADD CONSTRAINT "calling_people_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calling_runs" ADD CONSTRAINT "calling_runs_transaction_id_transactions_id_fk" FOREIGN KEY ("transaction_id") REFERENCES "public"."transactions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calling_confirmations" ADD CONSTRAINT "calling_confirmations_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "managed_organizations" ADD CONSTRAINT "managed_organizations_partner_id_organizations_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leaving_plans" ADD CONSTRAINT "leaving_plans_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "grant_counts_most" ON "grant_counts" USING btree ("connections" DESC NULLS LAST,"email");--> statement-breakpoint
CREATE INDEX "grantor_events_at" ON "grantor_events" USING btree ("at");--> statement-breakpoint
CREATE INDEX "calling_people_set" ON "calling_people" USING btree ("organization_id","webex_id") WHERE "calling_people"."set_type" is not null;--> statement-breakpoint
CREATE INDEX "calling_people_set_at" ON "calling_people" USING btree ("set_at") WHERE "calling_people"."set_at" is not null;--> statement-breakpoint
CREATE INDEX "managed_organizations_name" ON "managed_organizations" USING btree ("partner_id","search_name" collate "C","webex_uuid");--> statement-breakpoint
CREATE INDEX "managed_organizations_adding" ON "managed_organizations" USING btree ("adding_id") WHERE "managed_organizations"."adding_id" is not null;--> statement-breakpoint
CREATE INDEX "managed_organizations_untold" ON "managed_organizations" USING btree ("partner_id") WHERE "managed_organizations"."notified_at" is null;--> statement-breakpoint
CREATE INDEX "connections_via" ON "connections" USING btree ("via_organization_id","organization_id") WHERE "connections"."via_organization_id" is not null;--> statement-breakpoint
CREATE INDEX "connections_of_own_app" ON "connections" USING btree ("organization_id") WHERE "connections"."way" = 'service_app' and "connections"."app_client_id" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "organizations_service_app" ON "organizations" USING btree ("owns_service_app") WHERE "organizations"."owns_service_app";--> statement-breakpoint
CREATE UNIQUE INDEX "organizations_next_service_app" ON "organizations" USING btree ("to_own_service_app") WHERE "organizations"."to_own_service_app";--> statement-breakpoint
CREATE INDEX "organizations_partners" ON "organizations" USING btree ("id") WHERE "organizations"."serves_as_partner";--> statement-breakpoint
-- In the order of the e-mails, so that two that count the same people never deadlock. Whoever holds nothing any more is forgotten.
CREATE FUNCTION count_grants("emails" text[], "changes" integer[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "grant_counts" ("email", "connections")
    SELECT lower(email), sum(change) FROM unnest("emails", "changes") AS counted(email, change)
    WHERE email IS NOT NULL GROUP BY 1 ORDER BY 1
    ON CONFLICT ("email") DO UPDATE SET "connections" = "grant_counts"."connections" + excluded."connections";
  DELETE FROM "grant_counts" WHERE "connections" <= 0 AND "email" IN (SELECT lower(email) FROM unnest("emails") AS ended(email));
END
$$;
--> statement-breakpoint
CREATE FUNCTION count_new_grants() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM count_grants(array_agg("authorized_email"), array_agg(1)) FROM changed;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE FUNCTION count_ended_grants() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM count_grants(array_agg("authorized_email"), array_agg(-1)) FROM changed;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE FUNCTION count_replaced_grant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM count_grants(ARRAY[OLD."authorized_email", NEW."authorized_email"], ARRAY[-1, 1]);
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER "connections_count_new" AFTER INSERT ON "connections" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_new_grants();
--> statement-breakpoint
CREATE TRIGGER "connections_count_ended" AFTER DELETE ON "connections" REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_ended_grants();
--> statement-breakpoint
CREATE TRIGGER "connections_count_replaced" AFTER UPDATE OF "authorized_email" ON "connections" FOR EACH ROW
  WHEN (lower(OLD."authorized_email") IS DISTINCT FROM lower(NEW."authorized_email")) EXECUTE FUNCTION count_replaced_grant();
--> statement-breakpoint
INSERT INTO "grant_counts" ("email", "connections")
  SELECT lower("authorized_email"), count(*) FROM "connections" WHERE "authorized_email" IS NOT NULL GROUP BY 1;
