CREATE TABLE "directory_changes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "directory_changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"organization_id" uuid NOT NULL,
	"transaction_id" bigint,
	"kind" text NOT NULL,
	"webex_id" text NOT NULL,
	"name" text NOT NULL,
	"what" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"seen_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sync_news" (
	"transaction_id" bigint PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"ended_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "directory_changes" ADD CONSTRAINT "directory_changes_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_news" ADD CONSTRAINT "sync_news_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "directory_changes_organization" ON "directory_changes" USING btree ("organization_id","id");--> statement-breakpoint
CREATE INDEX "directory_changes_transaction" ON "directory_changes" USING btree ("transaction_id");--> statement-breakpoint
CREATE INDEX "directory_changes_seen" ON "directory_changes" USING btree ("seen_at");