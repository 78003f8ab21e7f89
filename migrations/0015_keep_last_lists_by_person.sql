CREATE TABLE "last_lists" (
	"room_id" text NOT NULL,
	"person_id" text NOT NULL,
	"first_number" integer NOT NULL,
	"organization_ids" uuid[] NOT NULL,
	"shown_at" timestamp with time zone NOT NULL,
	CONSTRAINT "last_lists_room_id_person_id_pk" PRIMARY KEY("room_id","person_id")
);
--> statement-breakpoint
CREATE INDEX "last_lists_shown" ON "last_lists" USING btree ("shown_at");