CREATE TABLE "connect_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"state_hash" text NOT NULL,
	"code_verifier" text,
	"scopes" text[] NOT NULL,
	"asked_by" text NOT NULL,
	"room_id" text NOT NULL,
	"parent_message_id" text,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"taken_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "connections" (
	"organization_id" uuid PRIMARY KEY NOT NULL,
	"access_token" text NOT NULL,
	"refresh_token" text NOT NULL,
	"access_token_expires_at" timestamp with time zone NOT NULL,
	"refresh_token_expires_at" timestamp with time zone NOT NULL,
	"obtained_at" timestamp with time zone NOT NULL,
	"scopes" text[] NOT NULL,
	"authorized_person_id" text NOT NULL,
	"authorized_email" text NOT NULL,
	"by_partner" boolean NOT NULL,
	"connected_at" timestamp with time zone NOT NULL,
	"state" text DEFAULT 'connected' NOT NULL,
	"state_reason" text,
	"failures" integer DEFAULT 0 NOT NULL,
	"refresh_due_at" timestamp with time zone NOT NULL,
	"refresh_held_until" timestamp with time zone,
	"warned_days" integer,
	"warn_at" timestamp with time zone,
	"acknowledged_by" text,
	"acknowledged_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "inbox_events" (
	"id" text PRIMARY KEY NOT NULL,
	"resource" text NOT NULL,
	"event" text NOT NULL,
	"resource_id" text NOT NULL,
	"actor_id" text,
	"person_id" text,
	"room_id" text,
	"received_at" timestamp with time zone NOT NULL,
	"held_until" timestamp with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"handled_at" timestamp with time zone,
	"outcome" text
);
--> statement-breakpoint
CREATE TABLE "licenses" (
	"organization_id" uuid NOT NULL,
	"webex_id" text NOT NULL,
	"name" text NOT NULL,
	"total_units" integer NOT NULL,
	"consumed_units" integer NOT NULL,
	"consumed_by_users" integer,
	"consumed_by_workspaces" integer,
	"subscription_id" text,
	"site_url" text,
	"site_type" text,
	CONSTRAINT "licenses_organization_id_webex_id_pk" PRIMARY KEY("organization_id","webex_id")
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"organization_id" uuid,
	"room_id" text NOT NULL,
	"parent_message_id" text,
	"replaces_message_id" text,
	"payload" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"sought_since" timestamp with time zone,
	"sought_hash" text,
	"delivered_at" timestamp with time zone,
	"message_id" text,
	"undeliverable" text
);
--> statement-breakpoint
CREATE TABLE "organizations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"wholesale_status" boolean NOT NULL,
	"webex_contact_center" boolean NOT NULL,
	"base_url_setting" text,
	"account_number_external" uuid NOT NULL,
	"account_number" text NOT NULL,
	"account_email" text,
	"default_calling_behaviour" text,
	"email_domain" text,
	"dirsync_enabled" boolean NOT NULL,
	"notes" text,
	"http_proxy" text,
	"https_proxy" text,
	"sync" boolean NOT NULL,
	"room_id" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "people" (
	"person_id" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"display_name" text,
	"seen_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "refreshes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "refreshes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"organization_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"reason" text NOT NULL,
	"outcome" text NOT NULL,
	"old_deadline_at" timestamp with time zone NOT NULL,
	"new_deadline_at" timestamp with time zone NOT NULL,
	"access_token_expires_at" timestamp with time zone NOT NULL,
	"access_token_fingerprint" text NOT NULL,
	"refresh_token_fingerprint" text NOT NULL,
	"code" text,
	"tracking_id" text
);
--> statement-breakpoint
CREATE TABLE "roles" (
	"organization_id" uuid NOT NULL,
	"webex_id" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "roles_organization_id_webex_id_pk" PRIMARY KEY("organization_id","webex_id")
);
--> statement-breakpoint
CREATE TABLE "spaces" (
	"room_id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"title" text,
	"joined_at" timestamp with time zone NOT NULL,
	"left_at" timestamp with time zone,
	"last_list" jsonb
);
--> statement-breakpoint
CREATE TABLE "syncs" (
	"organization_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"total" integer NOT NULL,
	"synced_at" timestamp with time zone NOT NULL,
	CONSTRAINT "syncs_organization_id_kind_pk" PRIMARY KEY("organization_id","kind")
);
--> statement-breakpoint
CREATE TABLE "transaction_steps" (
	"transaction_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"name" text NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"status" text NOT NULL,
	"message" text,
	"started_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	CONSTRAINT "transaction_steps_transaction_id_position_pk" PRIMARY KEY("transaction_id","position")
);
--> statement-breakpoint
CREATE TABLE "transactions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "transactions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"action" text NOT NULL,
	"organization_id" uuid,
	"organization_name" text NOT NULL,
	"requested_by" text NOT NULL,
	"room_id" text NOT NULL,
	"parent_message_id" text,
	"status" text NOT NULL,
	"reason" text,
	"message" text,
	"cure" text,
	"pending" text,
	"progress_edits" integer DEFAULT 0 NOT NULL,
	"progress_text_hash" text,
	"progress_held_until" timestamp with time zone,
	"submitted_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"completed_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "connect_links" ADD CONSTRAINT "connect_links_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connections" ADD CONSTRAINT "connections_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "licenses" ADD CONSTRAINT "licenses_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refreshes" ADD CONSTRAINT "refreshes_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roles" ADD CONSTRAINT "roles_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "syncs" ADD CONSTRAINT "syncs_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transaction_steps" ADD CONSTRAINT "transaction_steps_transaction_id_transactions_id_fk" FOREIGN KEY ("transaction_id") REFERENCES "public"."transactions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transactions" ADD CONSTRAINT "transactions_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "connect_links_token_hash" ON "connect_links" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "connect_links_state_hash" ON "connect_links" USING btree ("state_hash");--> statement-breakpoint
CREATE INDEX "connect_links_organization" ON "connect_links" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "connections_refresh_due" ON "connections" USING btree ("refresh_due_at") WHERE "connections"."state" <> 'lost';--> statement-breakpoint
CREATE INDEX "connections_warn" ON "connections" USING btree ("warn_at") WHERE "connections"."state" <> 'lost';--> statement-breakpoint
CREATE INDEX "connections_deadline" ON "connections" USING btree ("refresh_token_expires_at");--> statement-breakpoint
CREATE INDEX "connections_person" ON "connections" USING btree ("authorized_person_id");--> statement-breakpoint
CREATE INDEX "inbox_events_unhandled" ON "inbox_events" USING btree ("held_until") WHERE "inbox_events"."handled_at" is null;--> statement-breakpoint
CREATE INDEX "inbox_events_received" ON "inbox_events" USING btree ("received_at");--> statement-breakpoint
CREATE UNIQUE INDEX "notices_key" ON "notices" USING btree ("key");--> statement-breakpoint
CREATE INDEX "notices_waiting" ON "notices" USING btree ("created_at") WHERE "notices"."delivered_at" is null and "notices"."undeliverable" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "organizations_account_number_external" ON "organizations" USING btree ("account_number_external");--> statement-breakpoint
CREATE INDEX "organizations_name" ON "organizations" USING btree (lower("name"),"id");--> statement-breakpoint
CREATE INDEX "refreshes_organization" ON "refreshes" USING btree ("organization_id","id");--> statement-breakpoint
CREATE INDEX "transactions_organization" ON "transactions" USING btree ("organization_id","id");