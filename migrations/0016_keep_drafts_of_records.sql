CREATE TABLE "record_drafts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"inputs" text NOT NULL,
	"scopes" text[] NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "record_drafts" ADD CONSTRAINT "record_drafts_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "record_drafts_organization" ON "record_drafts" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "record_drafts_created" ON "record_drafts" USING btree ("created_at");