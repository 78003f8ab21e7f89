ALTER TABLE "notices" DROP CONSTRAINT "notices_addressee";--> statement-breakpoint
ALTER TABLE "spaces" ADD COLUMN "has_outsiders" boolean;--> statement-breakpoint
ALTER TABLE "spaces" ADD COLUMN "members_read_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "spaces" ADD COLUMN "members_version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "spaces" ADD COLUMN "read_along_by" text;--> statement-breakpoint
ALTER TABLE "spaces" ADD COLUMN "read_along_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_addressee" CHECK ("notices"."room_id" is not null or "notices"."to_person_email" is not null);