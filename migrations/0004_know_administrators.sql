CREATE TABLE "administrators" (
	"email" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"webex_org_id" text NOT NULL,
	"first_seen_at" timestamp with time zone NOT NULL,
	"direct_room_id" text
);
--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "webex_org_id" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "type" text DEFAULT 'person' NOT NULL;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "refused_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "people_seen" ON "people" USING btree ("seen_at");