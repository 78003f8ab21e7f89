CREATE TABLE "sync_schedules" (
	"organization_id" uuid NOT NULL,
	"schedule" text NOT NULL,
	"is_active" boolean NOT NULL,
	"pattern" text NOT NULL,
	"time_zone" text NOT NULL,
	"excluded" text[] DEFAULT '{}' NOT NULL,
	"adds" boolean DEFAULT true NOT NULL,
	"updates" boolean DEFAULT true NOT NULL,
	"deletes" boolean DEFAULT true NOT NULL,
	"next_run_at" timestamp with time zone,
	"running_id" bigint,
	"last_run_at" timestamp with time zone,
	"last_outcome" text,
	"last_words" text,
	"last_transaction_id" bigint,
	"failure_told_at" timestamp with time zone,
	"changed_by" text,
	"changed_at" timestamp with time zone,
	CONSTRAINT "sync_schedules_organization_id_schedule_pk" PRIMARY KEY("organization_id","schedule")
);
--> statement-breakpoint
ALTER TABLE "licenses" ADD COLUMN "gone_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "roles" ADD COLUMN "gone_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sync_schedules" ADD CONSTRAINT "sync_schedules_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sync_schedules_due" ON "sync_schedules" USING btree ("next_run_at","organization_id");--> statement-breakpoint
CREATE INDEX "sync_schedules_running" ON "sync_schedules" USING btree ("running_id") WHERE "sync_schedules"."running_id" is not null;--> statement-breakpoint
CREATE INDEX "sync_schedules_untold" ON "sync_schedules" USING btree ("organization_id") WHERE "sync_schedules"."last_outcome" = 'failed' and "sync_schedules"."failure_told_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "transactions_open_sync" ON "transactions" USING btree ("organization_id") WHERE "transactions"."action" = 'sync' and "transactions"."completed_at" is null;