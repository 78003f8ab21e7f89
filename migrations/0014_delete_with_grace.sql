CREATE TABLE "withdrawn_connections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"why" text NOT NULL,
	"withdrawn_by" text NOT NULL,
	"withdrawn_at" timestamp with time zone NOT NULL,
	"notice_room_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
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
	"refused_at" timestamp with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"refresh_due_at" timestamp with time zone NOT NULL,
	"refresh_held_until" timestamp with time zone,
	"warned_days" integer,
	"warn_at" timestamp with time zone,
	"snoozed_until" timestamp with time zone,
	"acknowledged_by" text,
	"acknowledged_at" timestamp with time zone,
	"escalate_at" timestamp with time zone,
	"escalated_at" timestamp with time zone,
	"failing_warn_at" timestamp with time zone,
	"lost_told_at" timestamp with time zone,
	"probe_due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"probed_at" timestamp with time zone,
	"findings" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"told_missing_scopes" text[] DEFAULT '{}' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deletion_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"asked_by" text NOT NULL,
	"asked_by_person_id" text NOT NULL,
	"room_id" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"decision" text,
	"decided_by" text,
	"decided_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "organization_deletions" (
	"organization_id" uuid PRIMARY KEY NOT NULL,
	"deleted_by" text NOT NULL,
	"approved_by" text,
	"room_id" text NOT NULL,
	"deleted_at" timestamp with time zone NOT NULL,
	"purge_at" timestamp with time zone NOT NULL,
	"purge_begun_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "withdrawn_connections" ADD CONSTRAINT "withdrawn_connections_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deletion_requests" ADD CONSTRAINT "deletion_requests_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_deletions" ADD CONSTRAINT "organization_deletions_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "withdrawn_connections_organization" ON "withdrawn_connections" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "withdrawn_connections_person" ON "withdrawn_connections" USING btree ("authorized_person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "deletion_requests_open" ON "deletion_requests" USING btree ("organization_id") WHERE "deletion_requests"."decided_at" is null;--> statement-breakpoint
CREATE INDEX "deletion_requests_expiry" ON "deletion_requests" USING btree ("expires_at") WHERE "deletion_requests"."decided_at" is null;--> statement-breakpoint
CREATE INDEX "deletion_requests_organization" ON "deletion_requests" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "organization_deletions_purge" ON "organization_deletions" USING btree ("purge_at");