CREATE TABLE "markers" (
	"name" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL,
	"set_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"level" text NOT NULL,
	"subject" text NOT NULL,
	"values" jsonb NOT NULL,
	"updated_by" text NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "settings_level_subject_pk" PRIMARY KEY("level","subject")
);
--> statement-breakpoint
CREATE TABLE "transaction_log" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "transaction_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"transaction_id" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"message" text NOT NULL
);
--> statement-breakpoint
DROP INDEX "connections_refresh_due";--> statement-breakpoint
ALTER TABLE "notices" ALTER COLUMN "room_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "snoozed_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "escalate_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "failing_warn_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "lost_told_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "probe_due_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "probed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "findings" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "told_missing_scopes" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "to_person_email" text;--> statement-breakpoint
ALTER TABLE "refreshes" ADD COLUMN "transaction_id" bigint;--> statement-breakpoint
ALTER TABLE "spaces" ADD COLUMN "told_refresh_id" bigint;--> statement-breakpoint
ALTER TABLE "spaces" ADD COLUMN "digested_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "transactions" ADD COLUMN "cancel_requested_by" text;--> statement-breakpoint
ALTER TABLE "transactions" ADD COLUMN "cancel_requested_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "transactions" ADD COLUMN "replay_of" bigint;--> statement-breakpoint
ALTER TABLE "transaction_log" ADD CONSTRAINT "transaction_log_transaction_id_transactions_id_fk" FOREIGN KEY ("transaction_id") REFERENCES "public"."transactions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "transaction_log_transaction" ON "transaction_log" USING btree ("transaction_id","id");--> statement-breakpoint
CREATE INDEX "connections_escalate" ON "connections" USING btree ("escalate_at") WHERE "connections"."state" <> 'lost';--> statement-breakpoint
CREATE INDEX "connections_failing_warn" ON "connections" USING btree ("failing_warn_at") WHERE "connections"."state" = 'failing';--> statement-breakpoint
CREATE INDEX "connections_lost" ON "connections" USING btree ("organization_id") WHERE "connections"."state" = 'lost';--> statement-breakpoint
CREATE INDEX "connections_probe_due" ON "connections" USING btree ("probe_due_at") WHERE "connections"."state" <> 'lost';--> statement-breakpoint
CREATE INDEX "connections_giver" ON "connections" USING btree (lower("authorized_email"));--> statement-breakpoint
CREATE INDEX "notices_organization" ON "notices" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "refreshes_transaction" ON "refreshes" USING btree ("transaction_id");--> statement-breakpoint
CREATE INDEX "refreshes_at" ON "refreshes" USING btree ("at");--> statement-breakpoint
CREATE INDEX "transactions_open" ON "transactions" USING btree ("id") WHERE "transactions"."completed_at" is null;--> statement-breakpoint
CREATE INDEX "transactions_failed" ON "transactions" USING btree ("id") WHERE "transactions"."status" = 'fail';--> statement-breakpoint
CREATE UNIQUE INDEX "transactions_open_refresh" ON "transactions" USING btree ("organization_id") WHERE "transactions"."action" = 'refresh' and "transactions"."completed_at" is null;--> statement-breakpoint
CREATE INDEX "connections_refresh_due" ON "connections" USING btree ("refresh_due_at","organization_id") WHERE "connections"."state" <> 'lost';--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_addressee" CHECK (("notices"."room_id" is null) <> ("notices"."to_person_email" is null));--> statement-breakpoint
UPDATE "connections" SET
	"escalate_at" = "refresh_token_expires_at" - interval '72 hours',
	"lost_told_at" = CASE WHEN "state" = 'lost' THEN now() END,
	"probe_due_at" = now() + random() * interval '24 hours';
